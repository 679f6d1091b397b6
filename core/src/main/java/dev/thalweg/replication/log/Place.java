package dev.thalweg.replication.log;

/** Where a block stands; blocks in one place stand by their ids. */
record Place(Position position, String id) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
        int byPosition = position.compareTo(other.position);
        return byPosition != 0 ? byPosition : id.compareTo(other.id);
    }
}
