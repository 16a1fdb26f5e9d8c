/// Groups vectors that point the same way: agglomerative clustering by cosine distance, exact where
/// it fits into the memory given, and by a stated sample where it does not.
///
/// ```
///  vectors [n, d] ──► cosine distances ──► nearest-neighbour chain ──► Dendrogram ──► cut(k) ──► Partition
///                     n(n−1)/2 floats       (Lance–Williams)            n−1 merges
///  average linkage also from sums alone: mean distance = 1 − S_a·S_b / (|a|·|b|), n·d floats
/// ```
///
/// Memory: outside the heap and freed before returning; [io.lexiscope.analysis.cluster.ClusterPlan]
/// says how much before anything starts. Threads: results are plain and free to share. Start with
/// [io.lexiscope.analysis.cluster.ValueClustering].
@NullMarked
package io.lexiscope.analysis.cluster;

import org.jspecify.annotations.NullMarked;
