namespace Plotly.NET

/// What a new chart starts from. Set them once at the start of a notebook; charts made before keep theirs.
module Defaults =
  let mutable DefaultWidth = 600
  let mutable DefaultHeight = 600
  let mutable DefaultConfig = Config.init (Responsive = true)
  let mutable DefaultTemplate = ChartTemplates.plotly
  let reset () =
    DefaultWidth <- 600
    DefaultHeight <- 600
    DefaultConfig <- Config.init (Responsive = true)
    DefaultTemplate <- ChartTemplates.plotly
