"""Generated clients, one package a version of the API; never edited."""
