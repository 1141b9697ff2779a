from faker.proxy import UniquenessException
