from locust._worker import HttpSession, ResponseContextManager
