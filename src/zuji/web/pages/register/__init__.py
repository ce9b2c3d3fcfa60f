"""Coming to the platform: by registering an enterprise, or by an invitation."""
