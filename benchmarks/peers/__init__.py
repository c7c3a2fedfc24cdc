"""Speed beside other graders."""
