"""The command line: parser, commands, output, exit codes. Nothing here is public but `cli.main`."""
