"""The same build on a cluster: shards in, N-Quads and Parquet shards out, by Ray."""
