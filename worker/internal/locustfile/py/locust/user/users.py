import logging

from locust._worker import HttpUser, User

logger = logging.getLogger(__name__)
