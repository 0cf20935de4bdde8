"""What runs, and when: the Prefect flows and the ``huizong`` command line."""
