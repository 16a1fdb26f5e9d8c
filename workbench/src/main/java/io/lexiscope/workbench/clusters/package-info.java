/// The verb `clusters`: value vectors that promote alike, in groups.
///
/// ```
///  ClustersRequest ──► ClustersUseCase ──► analysis.cluster ──► ClustersResult ──► ClustersCsv: clusters.csv
/// ```
///
/// Memory: the use case keeps nothing; the shelf owns the models. Threads: free to share. Start
/// with [ClustersUseCase].
@NullMarked
package io.lexiscope.workbench.clusters;

import org.jspecify.annotations.NullMarked;
