# @generated from openapi/v0.4.yaml: edits are lost
"""Contains methods for accessing the API"""
