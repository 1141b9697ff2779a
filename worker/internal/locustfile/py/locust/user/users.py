from locust._worker import HttpUser, User
