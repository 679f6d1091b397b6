package dev.thalweg.server.storage;

class MemoryStoreTest extends DocumentStoreContract {
    @Override
    DocumentStore open() {
        return new MemoryStore();
    }
}
