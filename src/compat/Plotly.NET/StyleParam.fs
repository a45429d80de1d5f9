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
    | None
    | Lines
    | Lines_Markers
    | Lines_Text
    | Lines_Markers_Text
    | Markers
    | Markers_Text
    | Text
    member this.Convert() =
      match this with
      | None -> box "none"
      | Lines -> box "lines"
      | Lines_Markers -> box "lines+markers"
      | Lines_Text -> box "lines+text"
      | Lines_Markers_Text -> box "lines+markers+text"
      | Markers -> box "markers"
      | Markers_Text -> box "markers+text"
      | Text -> box "text"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// Which way bars, boxes and legends run.
  [<RequireQualifiedAccess>]
  type Orientation =
    | Horizontal
    | Vertical
    member this.Convert() =
      match this with
      | Horizontal -> box "h"
      | Vertical -> box "v"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// How a line is dashed.
  [<RequireQualifiedAccess>]
  type DrawingStyle =
    | Solid
    | Dash
    | Dot
    | DashDot
    | LongDash
    | LongDashDot
    member this.Convert() =
      match this with
      | Solid -> box "solid"
      | Dash -> box "dash"
      | Dot -> box "dot"
      | DashDot -> box "dashdot"
      | LongDash -> box "longdash"
      | LongDashDot -> box "longdashdot"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// How an axis maps values.
  [<RequireQualifiedAccess>]
  type AxisType =
    | Auto
    | Linear
    | Log
    | Date
    | Category
    | MultiCategory
    member this.Convert() =
      match this with
      | Auto -> box "-"
      | Linear -> box "linear"
      | Log -> box "log"
      | Date -> box "date"
      | Category -> box "category"
      | MultiCategory -> box "multicategory"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// A side of the plot.
  [<RequireQualifiedAccess>]
  type Side =
    | Top
    | Bottom
    | Left
    | Right
    member this.Convert() =
      match this with
      | Top -> box "top"
      | Bottom -> box "bottom"
      | Left -> box "left"
      | Right -> box "right"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// How bars at one place share it.
  [<RequireQualifiedAccess>]
  type BarMode =
    | Stack
    | Group
    | Overlay
    | Relative
    member this.Convert() =
      match this with
      | Stack -> box "stack"
      | Group -> box "group"
      | Overlay -> box "overlay"
      | Relative -> box "relative"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// Which area a line fills.
  [<RequireQualifiedAccess>]
  type Fill =
    | None
    | ToZero_y
    | ToZero_x
    | ToNext_y
    | ToNext_x
    | ToSelf
    | ToNext
    member this.Convert() =
      match this with
      | None -> box "none"
      | ToZero_y -> box "tozeroy"
      | ToZero_x -> box "tozerox"
      | ToNext_y -> box "tonexty"
      | ToNext_x -> box "tonextx"
      | ToSelf -> box "toself"
      | ToNext -> box "tonext"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// The shape of a marker.
  [<RequireQualifiedAccess>]
  type MarkerSymbol =
    | Circle
    | Square
    | Diamond
    | Cross
    | X
    | TriangleUp
    | TriangleDown
    | TriangleLeft
    | TriangleRight
    | Pentagon
    | Hexagon
    | Star
    member this.Convert() =
      match this with
      | Circle -> box "circle"
      | Square -> box "square"
      | Diamond -> box "diamond"
      | Cross -> box "cross"
      | X -> box "x"
      | TriangleUp -> box "triangle-up"
      | TriangleDown -> box "triangle-down"
      | TriangleLeft -> box "triangle-left"
      | TriangleRight -> box "triangle-right"
      | Pentagon -> box "pentagon"
      | Hexagon -> box "hexagon"
      | Star -> box "star"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// How the bars of a histogram are scaled.
  [<RequireQualifiedAccess>]
  type HistNorm =
    | None
    | Percent
    | Probability
    | Density
    | ProbabilityDensity
    member this.Convert() =
      match this with
      | None -> box ""
      | Percent -> box "percent"
      | Probability -> box "probability"
      | Density -> box "density"
      | ProbabilityDensity -> box "probability density"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// What the bars of a histogram count.
  [<RequireQualifiedAccess>]
  type HistFunc =
    | Count
    | Sum
    | Avg
    | Min
    | Max
    member this.Convert() =
      match this with
      | Count -> box "count"
      | Sum -> box "sum"
      | Avg -> box "avg"
      | Min -> box "min"
      | Max -> box "max"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// Which part of a box a horizontal position refers to.
  [<RequireQualifiedAccess>]
  type XAnchorPosition =
    | Auto
    | Left
    | Center
    | Right
    member this.Convert() =
      match this with
      | Auto -> box "auto"
      | Left -> box "left"
      | Center -> box "center"
      | Right -> box "right"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// Which part of a box a vertical position refers to.
  [<RequireQualifiedAccess>]
  type YAnchorPosition =
    | Auto
    | Top
    | Middle
    | Bottom
    member this.Convert() =
      match this with
      | Auto -> box "auto"
      | Top -> box "top"
      | Middle -> box "middle"
      | Bottom -> box "bottom"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// How a line joins its points.
  [<RequireQualifiedAccess>]
  type Shape =
    | Linear
    | Spline
    | Hv
    | Vh
    | Hvh
    | Vhv
    member this.Convert() =
      match this with
      | Linear -> box "linear"
      | Spline -> box "spline"
      | Hv -> box "hv"
      | Vh -> box "vh"
      | Hvh -> box "hvh"
      | Vhv -> box "vhv"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// Whether the plots of a grid share axes.
  [<RequireQualifiedAccess>]
  type LayoutGridPattern =
    | Independent
    | Coupled
    member this.Convert() =
      match this with
      | Independent -> box "independent"
      | Coupled -> box "coupled"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// From which side the rows of a grid are counted.
  [<RequireQualifiedAccess>]
  type LayoutGridRowOrder =
    | TopToBottom
    | BottomToTop
    member this.Convert() =
      match this with
      | TopToBottom -> box "top to bottom"
      | BottomToTop -> box "bottom to top"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// What an error bar's length means.
  [<RequireQualifiedAccess>]
  type ErrorType =
    | Percent
    | Constant
    | Sqrt
    | Data
    member this.Convert() =
      match this with
      | Percent -> box "percent"
      | Constant -> box "constant"
      | Sqrt -> box "sqrt"
      | Data -> box "data"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// How the categories of an axis are ordered.
  [<RequireQualifiedAccess>]
  type CategoryOrder =
    | Trace
    | CategoryAscending
    | CategoryDescending
    | Array
    | TotalAscending
    | TotalDescending
    member this.Convert() =
      match this with
      | Trace -> box "trace"
      | CategoryAscending -> box "category ascending"
      | CategoryDescending -> box "category descending"
      | Array -> box "array"
      | TotalAscending -> box "total ascending"
      | TotalDescending -> box "total descending"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// Where text stands at its point.
  [<RequireQualifiedAccess>]
  type TextPosition =
    | TopLeft
    | TopCenter
    | TopRight
    | MiddleLeft
    | MiddleCenter
    | MiddleRight
    | BottomLeft
    | BottomCenter
    | BottomRight
    | Auto
    | Inside
    | Outside
    | None
    member this.Convert() =
      match this with
      | TopLeft -> box "top left"
      | TopCenter -> box "top center"
      | TopRight -> box "top right"
      | MiddleLeft -> box "middle left"
      | MiddleCenter -> box "middle center"
      | MiddleRight -> box "middle right"
      | BottomLeft -> box "bottom left"
      | BottomCenter -> box "bottom center"
      | BottomRight -> box "bottom right"
      | Auto -> box "auto"
      | Inside -> box "inside"
      | Outside -> box "outside"
      | None -> box "none"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// A colour scale by name, or from colours at positions between 0 and 1.
  [<RequireQualifiedAccess>]
  type Colorscale =
    | Custom of seq<float * Color>
    | RdBu
    | Bluered
    | Greys
    | Greens
    | YIOrRd
    | YIGnBu
    | Viridis
    | Cividis
    member this.Convert() =
      match this with
      | Custom stops ->
          let stops = stops |> Seq.map (fun (position, color) -> [| box position; color.Value |]) |> Array.ofSeq
          if stops.Length < 2 then invalidArg "stops" $"A colour scale needs at least the colours at 0 and 1; it got {stops.Length}."
          box stops
      | RdBu -> box "RdBu"
      | Bluered -> box "Bluered"
      | Greys -> box "Greys"
      | Greens -> box "Greens"
      // The schema writes these two with an l.
      | YIOrRd -> box "YlOrRd"
      | YIGnBu -> box "YlGnBu"
      | Viridis -> box "Viridis"
      | Cividis -> box "Cividis"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// Whether a trace is drawn.
  [<RequireQualifiedAccess>]
  type Visible =
    | True
    | False
    | LegendOnly
    member this.Convert() =
      match this with
      | True -> box true
      | False -> box false
      | LegendOnly -> box "legendonly"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// Whether an axis chooses its own range, and which way it runs.
  [<RequireQualifiedAccess>]
  type AutoRange =
    | True
    | False
    | Reversed
    member this.Convert() =
      match this with
      | True -> box true
      | False -> box false
      | Reversed -> box "reversed"
    interface IStyle with
      member this.Convert() = this.Convert()

  /// Which points a box plot draws beside the box.
  [<RequireQualifiedAccess>]
  type BoxPoints =
    | Outliers
    | All
    | SuspectedOutliers
    | False
    member this.Convert() =
      match this with
      | Outliers -> box "outliers"
      | All -> box "all"
      | SuspectedOutliers -> box "suspectedoutliers"
      | False -> box false
    interface IStyle with
      member this.Convert() = this.Convert()

  /// The family of a font.
  [<RequireQualifiedAccess>]
  type FontFamily =
    | Arial
    | Courier_New
    | Open_Sans
    | Times_New_Roman
    | Custom of string
    member this.Convert() =
      match this with
      | Arial -> box "Arial"
      | Courier_New -> box "Courier New"
      | Open_Sans -> box "Open Sans"
      | Times_New_Roman -> box "Times New Roman"
      | Custom name -> box name
    interface IStyle with
      member this.Convert() = this.Convert()

  /// The ends of an axis. On a logarithmic axis they are exponents of ten.
  [<RequireQualifiedAccess>]
  type Range =
    | MinMax of IConvertible * IConvertible
    member this.Convert() =
      match this with
      | MinMax(low, high) -> box [| box low; box high |]
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

  /// A part of the layout: xaxis, xaxis2, yaxis, yaxis2, ...
  [<RequireQualifiedAccess>]
  type SubPlotId =
    | XAxis of int
    | YAxis of int
    static member toString(id: SubPlotId) =
      match id with
      | XAxis id -> if id < 2 then "xaxis" else $"xaxis{id}"
      | YAxis id -> if id < 2 then "yaxis" else $"yaxis{id}"
    override this.ToString() = SubPlotId.toString this
    member this.Convert() = box (SubPlotId.toString this)
    interface IStyle with
      member this.Convert() = this.Convert()
