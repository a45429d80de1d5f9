namespace Plotly.NET.LayoutObjects

open System
open System.Runtime.InteropServices
open DynamicObj
open DynamicObj.DynObj
open Plotly.NET

/// The point at which a camera looks.
type CameraCenter() =
  inherit DynamicObj()
  static member init([<Optional>] ?X: float, [<Optional>] ?Y: float, [<Optional>] ?Z: float) : CameraCenter =
    CameraCenter() |> withProperties [
        "x" =? X; "y" =? Y; "z" =? Z ]

/// Where a camera stands.
type CameraEye() =
  inherit DynamicObj()
  static member init([<Optional>] ?X: float, [<Optional>] ?Y: float, [<Optional>] ?Z: float) : CameraEye =
    CameraEye() |> withProperties [
        "x" =? X; "y" =? Y; "z" =? Z ]

/// What is up for a camera.
type CameraUp() =
  inherit DynamicObj()
  static member init([<Optional>] ?X: float, [<Optional>] ?Y: float, [<Optional>] ?Z: float) : CameraUp =
    CameraUp() |> withProperties [
        "x" =? X; "y" =? Y; "z" =? Z ]

/// How a camera projects.
type CameraProjection() =
  inherit DynamicObj()
  static member init([<Optional>] ?ProjectionType: StyleParam.CameraProjectionType) : CameraProjection =
    CameraProjection() |> withProperties [
        "type" =? ProjectionType ]

/// From where a scene is seen.
type Camera() =
  inherit DynamicObj()
  static member init
    ([<Optional>] ?Center: CameraCenter, [<Optional>] ?Eye: CameraEye, [<Optional>] ?Projection: CameraProjection,
     [<Optional>] ?Up: CameraUp) : Camera =
    Camera() |> withProperties [
        "center" =? Center; "eye" =? Eye; "projection" =? Projection; "up" =? Up ]

/// The proportions of a scene.
type AspectRatio() =
  inherit DynamicObj()
  static member init([<Optional>] ?X: float, [<Optional>] ?Y: float, [<Optional>] ?Z: float) : AspectRatio =
    AspectRatio() |> withProperties [
        "x" =? X; "y" =? Y; "z" =? Z ]

/// The space that traces in three dimensions stand in.
type Scene() =
  inherit DynamicObj()
  static member init
    ([<Optional>] ?Annotations: seq<Annotation>, [<Optional>] ?AspectMode: StyleParam.AspectMode, [<Optional>] ?AspectRatio: AspectRatio,
     [<Optional>] ?BGColor: Color, [<Optional>] ?Camera: Camera, [<Optional>] ?Domain: Domain,
     [<Optional>] ?HoverMode: StyleParam.HoverMode, [<Optional>] ?XAxis: LinearAxis, [<Optional>] ?YAxis: LinearAxis,
     [<Optional>] ?ZAxis: LinearAxis) : Scene =
    Scene() |> withProperties [
        "annotations" =? Annotations; "aspectmode" =? AspectMode; "aspectratio" =? AspectRatio; "bgcolor" =? BGColor; "camera" =? Camera
        "domain" =? Domain; "hovermode" =? HoverMode; "xaxis" =? XAxis; "yaxis" =? YAxis; "zaxis" =? ZAxis ]
