# @generated from openapi/v0.4.yaml: edits are lost
"""Contains endpoint functions for accessing the API"""
