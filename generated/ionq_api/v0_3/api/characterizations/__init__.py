# @generated from openapi/v0.3.yaml: edits are lost
"""Contains endpoint functions for accessing the API"""
