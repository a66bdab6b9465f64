# @generated from openapi/v0.3.yaml: edits are lost
"""Contains methods for accessing the API"""
