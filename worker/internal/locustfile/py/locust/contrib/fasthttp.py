from locust._worker import FastHttpSession, FastHttpUser, FastRequest, FastResponse, RestResponseContextManager, ResponseContextManager
