/// Turns interventions as data into interventions of the library, with the means they ask for.
///
/// ```
///  InterventionSpec ──► InterventionSpecs ──► Intervention (model)
///                         ├── InterventionScopes: which positions and steps
///                         ├── InterventionChanges: set, add, scale, along a direction
///                         └── InterventionMeans ──► passes over the default text
/// ```
///
/// Memory: means are plain vectors, remembered with the open model. Threads: free to share. Start
/// with [InterventionSpecs].
@NullMarked
package io.lexiscope.workbench.intervene;

import org.jspecify.annotations.NullMarked;
