namespace Plotly.NET

open System
open System.Buffers
open System.Collections
open System.Globalization
open System.Text
open System.Text.Encodings.Web
open System.Text.Json
open DynamicObj

/// Charts as JSON. NaN and infinity become null, which plotly.js draws as a gap; the encoder escapes angle brackets,
/// ampersands and quotes, so that the text is safe inside an HTML page too.
module internal Json =
  let inline private writeFloat (writer: Utf8JsonWriter) (number: float) =
    if Double.IsFinite number then writer.WriteNumberValue number else writer.WriteNullValue()

  let rec private write (writer: Utf8JsonWriter) (value: obj) : unit =
    match value with
    | null -> writer.WriteNullValue()
    | :? DynamicObj as properties ->
        writer.WriteStartObject()
        for property in properties.GetProperties false do
          writer.WritePropertyName property.Key
          write writer property.Value
        writer.WriteEndObject()
    | :? StyleParam.IStyle as style -> write writer (style.Convert())
    | :? Color as color -> write writer color.Value
    | :? string as text -> writer.WriteStringValue text
    | :? bool as truth -> writer.WriteBooleanValue truth
    | :? float as number -> writeFloat writer number
    // Long columns are mostly of this type: no box for each number.
    | :? (float[]) as numbers ->
        writer.WriteStartArray()
        for number in numbers do writeFloat writer number
        writer.WriteEndArray()
    | :? float32 as number -> if Single.IsFinite number then writer.WriteNumberValue number else writer.WriteNullValue()
    | :? decimal as number -> writer.WriteNumberValue number
    | :? uint64 as number -> writer.WriteNumberValue number
    | :? Enum as name -> writer.WriteStringValue(string name)
    | :? DateTime as date ->
        writer.WriteStringValue(date.ToString("yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture).TrimEnd('0').TrimEnd('.'))
    | :? DateTimeOffset as date -> writer.WriteStringValue(date.ToString("o", CultureInfo.InvariantCulture))
    | :? sbyte | :? byte | :? int16 | :? uint16 | :? int | :? uint32 | :? int64 ->
        writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture))
    | :? IEnumerable as items ->
        writer.WriteStartArray()
        for item in items do write writer item
        writer.WriteEndArray()
    | other -> writer.WriteStringValue(Convert.ToString(other, CultureInfo.InvariantCulture))

  let serialize (value: obj) =
    let buffer = ArrayBufferWriter<byte>()
    use writer = new Utf8JsonWriter(buffer, JsonWriterOptions(Encoder = JavaScriptEncoder.Default))
    write writer value
    writer.Flush()
    Encoding.UTF8.GetString buffer.WrittenSpan
