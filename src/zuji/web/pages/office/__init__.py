"""The staff of the platform: confirming that enterprises are who they say."""
