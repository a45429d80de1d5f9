namespace Plotly.NET

open System

/// The choices that plotly.js offers, each with the text that it reads.
[<RequireQualifiedAccess>]
module StyleParam =
  /// A choice that knows how it is written in JSON.
  type IStyle =
    abstract Convert: unit -> obj

  /// What a scatter trace draws.
  [<RequireQualifiedAccess>]
  type Mode =
    | None | Lines | Lines_Markers | Lines_Text | Lines_Markers_Text | Markers | Markers_Text | Text
    member this.Convert() =
      match this with
      | None -> box "none" | Lines -> box "lines" | Lines_Markers -> box "lines+markers" | Lines_Text -> box "lines+text"
      | Lines_Markers_Text -> box "lines+markers+text" | Markers -> box "markers" | Markers_Text -> box "markers+text" | Text -> box "text"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// Which way bars, boxes and legends run.
  [<RequireQualifiedAccess>]
  type Orientation =
    | Horizontal | Vertical
    member this.Convert() =
      match this with
      | Horizontal -> box "h" | Vertical -> box "v"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// How a line is dashed.
  [<RequireQualifiedAccess>]
  type DrawingStyle =
    | Solid | Dash | Dot | DashDot | LongDash | LongDashDot
    member this.Convert() =
      match this with
      | Solid -> box "solid" | Dash -> box "dash" | Dot -> box "dot" | DashDot -> box "dashdot" | LongDash -> box "longdash"
      | LongDashDot -> box "longdashdot"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// How an axis maps values.
  [<RequireQualifiedAccess>]
  type AxisType =
    | Auto | Linear | Log | Date | Category | MultiCategory
    member this.Convert() =
      match this with
      | Auto -> box "-" | Linear -> box "linear" | Log -> box "log" | Date -> box "date" | Category -> box "category"
      | MultiCategory -> box "multicategory"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// A side of the plot.
  [<RequireQualifiedAccess>]
  type Side =
    | Top | TopLeft | TopCenter | TopRight | Bottom | Left | Right
    member this.Convert() =
      match this with
      | Top -> box "top" | TopLeft -> box "top left" | TopCenter -> box "top center" | TopRight -> box "top right" | Bottom -> box "bottom"
      | Left -> box "left" | Right -> box "right"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// How bars at one place share it.
  [<RequireQualifiedAccess>]
  type BarMode =
    | Stack | Group | Overlay | Relative
    member this.Convert() =
      match this with
      | Stack -> box "stack" | Group -> box "group" | Overlay -> box "overlay" | Relative -> box "relative"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// Which area a line fills.
  [<RequireQualifiedAccess>]
  type Fill =
    | None | ToZero_y | ToZero_x | ToNext_y | ToNext_x | ToSelf | ToNext
    member this.Convert() =
      match this with
      | None -> box "none" | ToZero_y -> box "tozeroy" | ToZero_x -> box "tozerox" | ToNext_y -> box "tonexty" | ToNext_x -> box "tonextx"
      | ToSelf -> box "toself" | ToNext -> box "tonext"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// The shape of a marker.
  [<RequireQualifiedAccess>]
  type MarkerSymbol =
    | Circle | Square | Diamond | Cross | X | TriangleUp | TriangleDown | TriangleLeft | TriangleRight | TriangleNE | TriangleSE | TriangleSW
    | TriangleNW | Pentagon | Hexagon | Hexagon2 | Octagon | Star | Hexagram | StarTriangleUp | StarTriangleDown | StarSquare | StarDiamond
    | DiamondTall | DiamondWide | Hourglass | Bowtie | CircleCross | CircleX | SquareCross | SquareX | DiamondCross | DiamondX | CrossThin | XThin
    | Asterisk | Hash | YUp | YDown | YLeft | YRight | LineEW | LineNS | LineNE | LineNW | ArrowUp | ArrowDown | ArrowLeft | ArrowRight | ArrowBarUp
    | ArrowBarDown | ArrowBarLeft | ArrowBarRight | Arrow | ArrowWide
    member this.Convert() =
      match this with
      | Circle -> box "0" | Square -> box "1" | Diamond -> box "2" | Cross -> box "3" | X -> box "4" | TriangleUp -> box "5"
      | TriangleDown -> box "6" | TriangleLeft -> box "7" | TriangleRight -> box "8" | TriangleNE -> box "9" | TriangleSE -> box "10"
      | TriangleSW -> box "11" | TriangleNW -> box "12" | Pentagon -> box "13" | Hexagon -> box "14" | Hexagon2 -> box "15" | Octagon -> box "16"
      | Star -> box "17" | Hexagram -> box "18" | StarTriangleUp -> box "19" | StarTriangleDown -> box "20" | StarSquare -> box "21"
      | StarDiamond -> box "22" | DiamondTall -> box "23" | DiamondWide -> box "24" | Hourglass -> box "25" | Bowtie -> box "26"
      | CircleCross -> box "27" | CircleX -> box "28" | SquareCross -> box "29" | SquareX -> box "30" | DiamondCross -> box "31"
      | DiamondX -> box "32" | CrossThin -> box "33" | XThin -> box "34" | Asterisk -> box "35" | Hash -> box "36" | YUp -> box "37"
      | YDown -> box "38" | YLeft -> box "39" | YRight -> box "40" | LineEW -> box "41" | LineNS -> box "42" | LineNE -> box "43"
      | LineNW -> box "44" | ArrowUp -> box "45" | ArrowDown -> box "46" | ArrowLeft -> box "47" | ArrowRight -> box "48" | ArrowBarUp -> box "49"
      | ArrowBarDown -> box "50" | ArrowBarLeft -> box "51" | ArrowBarRight -> box "52" | Arrow -> box "53" | ArrowWide -> box "54"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// The shape of a marker in space.
  [<RequireQualifiedAccess>]
  type MarkerSymbol3D =
    | Circle | CircleOpen | Cross | Diamond | DiamondOpen | Square | SquareOpen | X
    member this.Convert() =
      match this with
      | Circle -> box "circle" | CircleOpen -> box "circle-open" | Cross -> box "cross" | Diamond -> box "diamond"
      | DiamondOpen -> box "diamond-open" | Square -> box "square" | SquareOpen -> box "square-open" | X -> box "x"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// How the bars of a histogram are scaled.
  [<RequireQualifiedAccess>]
  type HistNorm =
    | None | Percent | Probability | Density | ProbabilityDensity
    member this.Convert() =
      match this with
      | None -> box "" | Percent -> box "percent" | Probability -> box "probability" | Density -> box "density"
      | ProbabilityDensity -> box "probability density"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// What the bars of a histogram count.
  [<RequireQualifiedAccess>]
  type HistFunc =
    | Count | Sum | Avg | Min | Max
    member this.Convert() =
      match this with
      | Count -> box "count" | Sum -> box "sum" | Avg -> box "avg" | Min -> box "min" | Max -> box "max"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// Which part of a box a horizontal position refers to.
  [<RequireQualifiedAccess>]
  type XAnchorPosition =
    | Auto | Left | Center | Right
    member this.Convert() =
      match this with
      | Auto -> box "auto" | Left -> box "left" | Center -> box "center" | Right -> box "right"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// Which part of a box a vertical position refers to.
  [<RequireQualifiedAccess>]
  type YAnchorPosition =
    | Auto | Top | Middle | Bottom
    member this.Convert() =
      match this with
      | Auto -> box "auto" | Top -> box "top" | Middle -> box "middle" | Bottom -> box "bottom"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// How a line joins its points.
  [<RequireQualifiedAccess>]
  type Shape =
    | Linear | Spline | Hv | Vh | Hvh | Vhv
    member this.Convert() =
      match this with
      | Linear -> box "linear" | Spline -> box "spline" | Hv -> box "hv" | Vh -> box "vh" | Hvh -> box "hvh" | Vhv -> box "vhv"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// Whether the plots of a grid share axes.
  [<RequireQualifiedAccess>]
  type LayoutGridPattern =
    | Independent | Coupled
    member this.Convert() =
      match this with
      | Independent -> box "independent" | Coupled -> box "coupled"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// From which side the rows of a grid are counted.
  [<RequireQualifiedAccess>]
  type LayoutGridRowOrder =
    | TopToBottom | BottomToTop
    member this.Convert() =
      match this with
      | TopToBottom -> box "top to bottom" | BottomToTop -> box "bottom to top"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// What an error bar's length means.
  [<RequireQualifiedAccess>]
  type ErrorType =
    | Percent | Constant | Sqrt | Data
    member this.Convert() =
      match this with
      | Percent -> box "percent" | Constant -> box "constant" | Sqrt -> box "sqrt" | Data -> box "data"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// How the categories of an axis are ordered.
  [<RequireQualifiedAccess>]
  type CategoryOrder =
    | Trace | CategoryAscending | CategoryDescending | Array | TotalAscending | TotalDescending | MinAscending | MinDescending | MaxAscending
    | MaxDescending | SumAscending | SumDescending | MeanAscending | MeanDescending | MedianAscending | MedianDescending
    member this.Convert() =
      match this with
      | Trace -> box "trace" | CategoryAscending -> box "category ascending" | CategoryDescending -> box "category descending"
      | Array -> box "array" | TotalAscending -> box "total ascending" | TotalDescending -> box "total descending"
      | MinAscending -> box "min ascending" | MinDescending -> box "min descending" | MaxAscending -> box "max ascending"
      | MaxDescending -> box "max descending" | SumAscending -> box "sum ascending" | SumDescending -> box "sum descending"
      | MeanAscending -> box "mean ascending" | MeanDescending -> box "mean descending" | MedianAscending -> box "median ascending"
      | MedianDescending -> box "median descending"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// Where text stands at its point.
  [<RequireQualifiedAccess>]
  type TextPosition =
    | TopLeft | TopCenter | TopRight | MiddleLeft | MiddleCenter | MiddleRight | BottomLeft | BottomCenter | BottomRight | Auto | Inside | Outside
    | None
    member this.Convert() =
      match this with
      | TopLeft -> box "top left" | TopCenter -> box "top center" | TopRight -> box "top right" | MiddleLeft -> box "middle left"
      | MiddleCenter -> box "middle center" | MiddleRight -> box "middle right" | BottomLeft -> box "bottom left"
      | BottomCenter -> box "bottom center" | BottomRight -> box "bottom right" | Auto -> box "auto" | Inside -> box "inside"
      | Outside -> box "outside" | None -> box "none"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// Whether a trace is drawn.
  [<RequireQualifiedAccess>]
  type Visible =
    | True | False | LegendOnly
    member this.Convert() =
      match this with
      | True -> box true | False -> box false | LegendOnly -> box "legendonly"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// Whether an axis chooses its own range, and which way it runs.
  [<RequireQualifiedAccess>]
  type AutoRange =
    | True | False | Reversed | MinReversed | MaxReversed | Min | Max
    member this.Convert() =
      match this with
      | True -> box true | False -> box false | Reversed -> box "reversed" | MinReversed -> box "min reversed" | MaxReversed -> box "max reversed"
      | Min -> box "min" | Max -> box "max"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// Which points a box plot draws beside the box.
  [<RequireQualifiedAccess>]
  type BoxPoints =
    | Outliers | All | SuspectedOutliers | False
    member this.Convert() =
      match this with
      | Outliers -> box "outliers" | All -> box "all" | SuspectedOutliers -> box "suspectedoutliers" | False -> box false
    interface IStyle with
      member this.Convert() = this.Convert()

  /// Whether a box plot draws the mean, and the standard deviation around it.
  [<RequireQualifiedAccess>]
  type BoxMean =
    | True | False | SD
    member this.Convert() =
      match this with
      | True -> box true | False -> box false | SD -> box "sd"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// Which half of a violin is drawn.
  [<RequireQualifiedAccess>]
  type ViolinSide =
    | Both | Positive | Negative
    member this.Convert() =
      match this with
      | Both -> box "both" | Positive -> box "positive" | Negative -> box "negative"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// How wide violins are beside each other: all alike, or by their number of values.
  [<RequireQualifiedAccess>]
  type ScaleMode =
    | Width | Count
    member this.Convert() =
      match this with
      | Width -> box "width" | Count -> box "count"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// How stacked traces are scaled to their sum.
  [<RequireQualifiedAccess>]
  type GroupNorm =
    | None | Fraction | Percent
    member this.Convert() =
      match this with
      | None -> box "" | Fraction -> box "fraction" | Percent -> box "percent"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// What the numbers of an image mean.
  [<RequireQualifiedAccess>]
  type ColorModel =
    | RGB | RGBA | RGBA256 | HSL | HSLA
    member this.Convert() =
      match this with
      | RGB -> box "rgb" | RGBA -> box "rgba" | RGBA256 -> box "rgba256" | HSL -> box "hsl" | HSLA -> box "hsla"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// How colours go over from cell to cell.
  [<RequireQualifiedAccess>]
  type SmoothAlg =
    | False | Best | Fast
    member this.Convert() =
      match this with
      | False -> box false | Best -> box "best" | Fast -> box "fast"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// What a contour plot colours: the areas, a heatmap or the lines.
  [<RequireQualifiedAccess>]
  type ContourColoring =
    | Fill | Heatmap | Lines | NoColoring
    member this.Convert() =
      match this with
      | Fill -> box "fill" | Heatmap -> box "heatmap" | Lines -> box "lines" | NoColoring -> box "none"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// What is written at the parts of a pie.
  [<RequireQualifiedAccess>]
  type TextInfo =
    | All | None | Label | Text | Value | Percent
    member this.Convert() =
      match this with
      | All -> box "all" | None -> box "none" | Label -> box "label" | Text -> box "text" | Value -> box "value" | Percent -> box "percent"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// Which way the parts of a pie run.
  [<RequireQualifiedAccess>]
  type Direction =
    | Clockwise | CounterClockwise
    member this.Convert() =
      match this with
      | Clockwise -> box "clockwise" | CounterClockwise -> box "counterclockwise"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// Where text stands in its cell.
  [<RequireQualifiedAccess>]
  type HorizontalAlign =
    | Left | Center | Right
    member this.Convert() =
      match this with
      | Left -> box "left" | Center -> box "center" | Right -> box "right"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// Where text stands in its box, vertically.
  [<RequireQualifiedAccess>]
  type VerticalAlign =
    | Top | Middle | Bottom
    member this.Convert() =
      match this with
      | Top -> box "top" | Middle -> box "middle" | Bottom -> box "bottom"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// How the nodes of a Sankey diagram may be moved.
  [<RequireQualifiedAccess>]
  type CategoryArrangement =
    | Perpendicular | FreeForm | Fixed | Snap
    member this.Convert() =
      match this with
      | Perpendicular -> box "perpendicular" | FreeForm -> box "freeform" | Fixed -> box "fixed" | Snap -> box "snap"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// What a shape is.
  [<RequireQualifiedAccess>]
  type ShapeType =
    | Circle | Rectangle | SvgPath | Line
    member this.Convert() =
      match this with
      | Circle -> box "circle" | Rectangle -> box "rect" | SvgPath -> box "path" | Line -> box "line"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// Whether something is drawn below or above the traces.
  [<RequireQualifiedAccess>]
  type Layer =
    | Below | Above | AboveTraces | BelowTraces
    member this.Convert() =
      match this with
      | Below -> box "below" | Above -> box "above" | AboveTraces -> box "above traces" | BelowTraces -> box "below traces"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// How the lines of an annotation are aligned.
  [<RequireQualifiedAccess>]
  type AnnotationAlignment =
    | Left | Center | Right
    member this.Convert() =
      match this with
      | Left -> box "left" | Center -> box "center" | Right -> box "right"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// The form of an annotation's arrow.
  [<RequireQualifiedAccess>]
  type ArrowHead =
    | TriangleShort | TriangleTall | Barbed | SimpleShort | SimpleTall | Cirle | Square | LineOnly
    member this.Convert() =
      match this with
      | TriangleShort -> box 1 | TriangleTall -> box 2 | Barbed -> box 3 | SimpleShort -> box 4 | SimpleTall -> box 5 | Cirle -> box 6
      | Square -> box 7 | LineOnly -> box 8
    interface IStyle with
      member this.Convert() = this.Convert()

  /// Which ends of an annotation's line have arrows.
  [<RequireQualifiedAccess>]
  type ArrowSide =
    | Start | End | StartEnd | None
    member this.Convert() =
      match this with
      | Start -> box "start" | End -> box "end" | StartEnd -> box "startend" | None -> box "none"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// Whether the line of an axis is drawn on the other side too.
  [<RequireQualifiedAccess>]
  type Mirror =
    | True | Ticks | False | All | AllTicks
    member this.Convert() =
      match this with
      | True -> box true | Ticks -> box "ticks" | False -> box false | All -> box "all" | AllTicks -> box "allticks"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// On which side of an axis the ticks are drawn.
  [<RequireQualifiedAccess>]
  type TickOptions =
    | Outside | Inside | Empty
    member this.Convert() =
      match this with
      | Outside -> box "outside" | Inside -> box "inside" | Empty -> box ""
    interface IStyle with
      member this.Convert() = this.Convert()

  /// How the places of the ticks are found.
  [<RequireQualifiedAccess>]
  type TickMode =
    | Auto | Linear | Array | Sync
    member this.Convert() =
      match this with
      | Auto -> box "auto" | Linear -> box "linear" | Array -> box "array" | Sync -> box "sync"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// How large and small numbers are written.
  [<RequireQualifiedAccess>]
  type ExponentFormat =
    | B | SI | Power | Ecapital | E | None
    member this.Convert() =
      match this with
      | B -> box "B" | SI -> box "SI" | Power -> box "power" | Ecapital -> box "E" | E -> box "e" | None -> box "none"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// What a range that is chosen automatically includes.
  [<RequireQualifiedAccess>]
  type RangeMode =
    | Normal | ToZero | NonNegative
    member this.Convert() =
      match this with
      | Normal -> box "normal" | ToZero -> box "tozero" | NonNegative -> box "nonnegative"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// Whether a size is a marker's diameter or its area.
  [<RequireQualifiedAccess>]
  type MarkerSizeMode =
    | Diameter | Area
    member this.Convert() =
      match this with
      | Diameter -> box "diameter" | Area -> box "area"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// The proportions of a scene.
  [<RequireQualifiedAccess>]
  type AspectMode =
    | Auto | Cube | Data | Manual
    member this.Convert() =
      match this with
      | Auto -> box "auto" | Cube -> box "cube" | Data -> box "data" | Manual -> box "manual"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// How a scene is projected.
  [<RequireQualifiedAccess>]
  type CameraProjectionType =
    | Perspective | Orthographic
    member this.Convert() =
      match this with
      | Perspective -> box "perspective" | Orthographic -> box "orthographic"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// What shows when the mouse is over the plot.
  [<RequireQualifiedAccess>]
  type HoverMode =
    | Closest | X | Y | False | XUnified | YUnified
    member this.Convert() =
      match this with
      | Closest -> box "closest" | X -> box "x" | Y -> box "y" | False -> box false | XUnified -> box "x unified" | YUnified -> box "y unified"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// The order of the entries of a legend.
  [<RequireQualifiedAccess>]
  type TraceOrder =
    | Normal | Reversed | Grouped | ReversedGrouped
    member this.Convert() =
      match this with
      | Normal -> box "normal" | Reversed -> box "reversed" | Grouped -> box "grouped" | ReversedGrouped -> box "grouped+reversed"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// What changes when an axis is bound to another: its range or its place.
  [<RequireQualifiedAccess>]
  type AxisConstraint =
    | Range | Domain
    member this.Convert() =
      match this with
      | Range -> box "range" | Domain -> box "domain"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// Which sides of the plot make room for the labels of an axis.
  [<RequireQualifiedAccess>]
  type TickAutoMargin =
    | Height | Width | Left | Right | Top | Bottom | All
    | Custom of seq<TickAutoMargin>
    member this.Text =
      match this with
      | Height -> "height" | Width -> "width" | Left -> "left" | Right -> "right" | Top -> "top" | Bottom -> "bottom"
      | All -> "height+width+left+right+top+bottom"
      | Custom parts -> parts |> Seq.map _.Text |> String.concat "+"
    member this.Convert() = box this.Text
    interface IStyle with
      member this.Convert() = this.Convert()

  /// A colour scale by name, or from colours at positions between 0 and 1.
  [<RequireQualifiedAccess>]
  type Colorscale =
    | Custom of seq<float * Color>
    | RdBu | Earth | Blackbody | YIOrRd | YIGnBu | Bluered | Portland | Electric | Jet | Hot | Greys | Greens | Picnic | Rainbow | Viridis | Cividis
    member this.Convert() =
      match this with
      | Custom stops ->
          let stops = stops |> Seq.map (fun (position, color) -> [| box position; color.Value |]) |> Array.ofSeq
          if stops.Length < 2 then invalidArg "stops" $"A colour scale needs at least the colours at 0 and 1; it got {stops.Length}."
          box stops
      // plotly.js writes these two with an l.
      | YIOrRd -> box "YlOrRd" | YIGnBu -> box "YlGnBu"
      | RdBu -> box "RdBu" | Earth -> box "Earth" | Blackbody -> box "Blackbody" | Bluered -> box "Bluered" | Portland -> box "Portland"
      | Electric -> box "Electric" | Jet -> box "Jet" | Hot -> box "Hot" | Greys -> box "Greys" | Greens -> box "Greens" | Picnic -> box "Picnic"
      | Rainbow -> box "Rainbow" | Viridis -> box "Viridis" | Cividis -> box "Cividis"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// The family of a font.
  [<RequireQualifiedAccess>]
  type FontFamily =
    | Arial | Balto | Courier_New | Consolas | Droid_Sans | Droid_Serif | Droid_Sans_Mono | Gravitas_One | Old_Standard_TT | Open_Sans | Overpass
    | PT_Sans_Narrow | Raleway | Times_New_Roman | Custom of string
    member this.Convert() =
      match this with
      | Arial -> box "Arial" | Balto -> box "Balto" | Courier_New -> box "Courier New" | Consolas -> box "Consolas" | Droid_Sans -> box "Droid Sans"
      | Droid_Serif -> box "Droid Serif" | Droid_Sans_Mono -> box "Droid Sans Mono" | Gravitas_One -> box "Gravitas One"
      | Old_Standard_TT -> box "Old Standard TT" | Open_Sans -> box "Open Sans" | Overpass -> box "Overpass"
      | PT_Sans_Narrow -> box "PT Sans Narrow" | Raleway -> box "Raleway" | Times_New_Roman -> box "Times New Roman" | Custom name -> box name
    interface IStyle with
      member this.Convert() = this.Convert()

  /// The ends of an axis, or other values. On a logarithmic axis they are exponents of ten.
  [<RequireQualifiedAccess>]
  type Range =
    | MinMax of IConvertible * IConvertible
    | Values of IConvertible[]
    member this.Convert() =
      match this with
      | MinMax(low, high) -> box [| box low; box high |]
      | Values values -> box values
    interface IStyle with
      member this.Convert() = this.Convert()
    static member ofMinMax(min: #IConvertible, max: #IConvertible) = MinMax(min :> IConvertible, max :> IConvertible)

  /// An axis as a trace refers to it: x, x2, y, y2, ...
  [<RequireQualifiedAccess>]
  type LinearAxisId =
    | Free
    | X of int
    | Y of int
    member this.Convert() =
      match this with
      | Free -> box "free"
      | X id -> box (if id < 2 then "x" else $"x{id}")
      | Y id -> box (if id < 2 then "y" else $"y{id}")
    interface IStyle with
      member this.Convert() = this.Convert()

  /// The axis to which another is bound, so that a unit is as long on both.
  [<RequireQualifiedAccess>]
  type ScaleAnchor =
    | False
    | X of int
    | Y of int
    member this.Convert() =
      match this with
      | False -> box false
      | X id -> LinearAxisId.X(id).Convert()
      | Y id -> LinearAxisId.Y(id).Convert()
    interface IStyle with
      member this.Convert() = this.Convert()

  /// A part of the layout: xaxis, xaxis2, yaxis, scene, coloraxis, legend2, ...
  [<RequireQualifiedAccess>]
  type SubPlotId =
    | XAxis of int
    | YAxis of int
    | ZAxis
    | ColorAxis of int
    | Scene of int
    | Legend of int
    static member toString(id: SubPlotId) =
      let numbered name number = if number < 2 then name else $"{name}{number}"
      match id with
      | XAxis id -> numbered "xaxis" id
      | YAxis id -> numbered "yaxis" id
      | ZAxis -> "zaxis"
      | ColorAxis id -> numbered "coloraxis" id
      | Scene id -> numbered "scene" id
      | Legend id -> numbered "legend" id
    override this.ToString() = SubPlotId.toString this
    member this.Convert() = box (SubPlotId.toString this)
    interface IStyle with
      member this.Convert() = this.Convert()

  /// What the mode becomes when text or markers are to show.
  module ModeUtils =
    let showText isShow (mode: Mode) =
      match mode with
      | Mode.None when isShow -> Mode.Text
      | Mode.Lines when isShow -> Mode.Lines_Text
      | Mode.Lines_Markers when isShow -> Mode.Lines_Markers_Text
      | Mode.Markers when isShow -> Mode.Markers_Text
      | _ -> mode
    let showMarker isShow (mode: Mode) =
      match mode with
      | Mode.None when isShow -> Mode.Markers
      | Mode.Lines when isShow -> Mode.Lines_Markers
      | Mode.Lines_Text when isShow -> Mode.Lines_Markers_Text
      | Mode.Text when isShow -> Mode.Markers_Text
      | _ -> mode
