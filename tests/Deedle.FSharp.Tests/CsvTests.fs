namespace Deedle.FSharp.Tests

open System
open System.Globalization
open System.IO
open Deedle
open Xunit

module CsvTests =
  let types (text: string) = Frame.ReadCsvString(text).ColumnTypes |> List.ofSeq

  [<Fact>]
  let ``the narrowest type is inferred`` () =
    equal [ typeof<int> ] (types "a\n1\n1\n")
    equal [ typeof<bool> ] (types "a\n1\n0\n")
    equal [ typeof<int> ] (types "a\n1\n2\n0\n")
    equal [ typeof<bool> ] (types "a\nyes\n0\n")
    equal [ typeof<bool> ] (types "a\ntrue\nFALSE\n")
    equal [ typeof<int64> ] (types "a\n1\n9999999999\n")
    equal [ typeof<decimal> ] (types "a\n1.5\n2\n")
    equal [ typeof<float> ] (types "a\n1.5\nInfinity\n")
    equal [ typeof<DateTime> ] (types "a\n2020-01-31\n2021-02-28\n")
    equal [ typeof<DateTime> ] (types "a\n2020-01-31 12:30:00\n1/31/2020\n")
    equal [ typeof<string> ] (types "a\n12:30\n13:45\n")
    equal [ typeof<string> ] (types "a\n12-002\n11-003\n")
    equal [ typeof<Guid> ] (types "a\n0f8fad5b-d9cb-469f-a165-70867728950e\n")

  [<Fact>]
  let ``gaps make decimals floats, texts such as NA all numbers`` () =
    equal [ typeof<int>; typeof<string> ] (types "a,b\n1,x\n,y\n")
    equal [ typeof<float>; typeof<string> ] (types "a,b\n1.5,x\n,y\n")
    equal [ typeof<float>; typeof<string> ] (types "a,b\n1,x\nNA,y\n")
    equal [ typeof<float> ] (types "a\nNA\nNA\n")
    equal [ typeof<DateTime>; typeof<int> ] (types "a,b\n2020-01-31,1\n,2\n")
    holds [ 0, Some 1.0; 1, None ] (Frame.ReadCsvString "a,b\n1,x\nNA,y\n")?a
    let optional = Frame.ReadCsvString("a,b\n1,1.5\nNA,NA\n", preferOptions = true)
    equal [ typeof<int>; typeof<decimal> ] (List.ofSeq optional.ColumnTypes)
    equal 1 (optional.GetColumn<int> "a").ValueCount

  [<Fact>]
  let ``text stays as it stands`` () =
    holdsAll [ 0, "foo"; 1, "NA"; 2, ""; 3, " x" ] ((Frame.ReadCsvString "a,b\nfoo,1\nNA,2\n,3\n x,4\n").GetColumn<string> "a")
    equal "x\ny" ((Frame.ReadCsvString "a,b\n\"x\ny\",1\n").GetColumn<string>("a").[0])
    equal "say \"hi\", å" ((Frame.ReadCsvString "a,b\n\"say \"\"hi\"\", å\",1\n").GetColumn<string>("a").[0])

  [<Fact>]
  let ``headings are trimmed, named and made different`` () =
    equal [ "a"; "b" ] (columnKeys (Frame.ReadCsvString "a, b\n1,2\n"))
    equal [ "a"; "Column2" ] (columnKeys (Frame.ReadCsvString "a,\n1,2\n"))
    equal [ "a"; "a2" ] (columnKeys (Frame.ReadCsvString "a,a\n1,2\n"))
    equal [ "Column1"; "Column2" ] (columnKeys (Frame.ReadCsvString("1,x\n2,y\n", hasHeaders = false)))
    equal [ "a"; "time (s)" ] (columnKeys (Frame.ReadCsvString "a (int),time (s)\n1,2\n"))
    let nothing = Frame.ReadCsvString "a,b\n"
    equal (0, 2) (nothing.RowCount, nothing.ColumnCount)
    Assert.ThrowsAny<Exception>(Action(fun () -> Frame.ReadCsvString "" |> ignore)) |> ignore

  [<Fact>]
  let ``a schema names types by position or by column, and columns anew`` () =
    let read schema = Frame.ReadCsvString("a,b\n1,0\n", schema = schema)
    equal [ typeof<float>; typeof<string> ] (List.ofSeq (read "float,string").ColumnTypes)
    equal [ typeof<int>; typeof<float> ] (List.ofSeq (read "b=float").ColumnTypes)
    equal [ "z"; "c" ] (columnKeys (read "b->c=float,a->z"))
    equal [ typeof<bool>; typeof<int> ] (List.ofSeq (read "b=int?,a=bool option").ColumnTypes)

  [<Fact>]
  let ``rows, separators and missing texts are chosen`` () =
    equal 2 (Frame.ReadCsvString("a\n1\n2\n3\n", maxRows = 2)).RowCount
    equal 2 (Frame.ReadCsvString "a,b\n1,2\n\n3,4\n\n").RowCount
    equal [ typeof<string>; typeof<string> ] (List.ofSeq (Frame.ReadCsvString("a,b\n1,x\n", inferTypes = false)).ColumnTypes)
    equal 1.5 (Frame.ReadCsvString("a;b\n1.5;2\n", separators = ";", culture = ""))?a.[0]
    let marked = Frame.ReadCsvString("a\n1\n?\n3\n", missingValues = [| "?" |])
    holds [ 0, Some 1.0; 1, None; 2, Some 3.0 ] marked?a
    use reader = new StringReader("a\n7\n")
    equal 7.0 (Frame.ReadCsv reader)?a.[0]

  [<Fact>]
  let ``a column can become the row keys`` () =
    let path = Path.GetTempFileName()
    try
      File.WriteAllText(path, "Date,Open\n2024-01-02,5\n2024-01-01,4\n")
      let sorted = Frame.ReadCsv<DateTime>(path, indexCol = "Date") |> Frame.sortRowsByKey
      holdsAll [ DateTime(2024, 1, 1), 4.0; DateTime(2024, 1, 2), 5.0 ] sorted?Open
      equal 2 (Frame.ReadCsv path).ColumnCount
      use stream = File.OpenRead path
      equal 2 (Frame.ReadCsv stream).RowCount
    finally
      File.Delete path
    raises<FileNotFoundException> (fun () -> Frame.ReadCsv "no-such-file.csv" |> ignore)

  let saved (write: TextWriter -> unit) =
    use writer = new StringWriter(NewLine = "\n")
    write writer
    writer.ToString()

  [<Fact>]
  let ``saving writes keys, quotes and gaps`` () =
    let f = frame [ "a b" => series [ 1 => 1.5; 2 => nan ]; "c" => series [ 1 => 1e20; 2 => 0.1 ] ]
    equal "Key,\"a b\",c\n1,1.5,1E+20\n2,,0.1\n" (saved (fun w -> f.SaveCsv w))
    equal "\"a b\";c\n1.5;1E+20\n;0.1\n" (saved (fun w -> f.SaveCsv(w, includeRowKeys = false, separator = ';')))
    let texts =
      frame [ "x" =?> series [ "k" => "a,b"; "l" => "q\"q" ]; "d" =?> series [ "k" => DateTime(2020, 1, 2); "l" => DateTime(2020, 1, 2, 3, 4, 5) ] ]
    equal "id,x,d\nk,\"a,b\",01/02/2020\nl,\"q\"\"q\",01/02/2020 03:04:05\n" (saved (fun w -> texts.SaveCsv(w, keyNames = [ "id" ])))
    let grouped = frame [ "x" => series [ ("a", 1) => 2 ] ]
    equal "Key #1,Key #2,x\na,1,2\n" ((saved (fun w -> grouped.SaveCsv w)).Replace("\"", ""))
    raises<ArgumentException> (fun () -> saved (fun w -> grouped.SaveCsv(w, keyNames = [ "one" ])) |> ignore)

  [<Fact>]
  let ``what is saved is read again`` () =
    let f = frame [ "n" =?> series [ 0 => 1; 1 => 2 ]; "x" =?> series [ 0 => 0.25; 1 => nan ]; "t" =?> series [ 0 => "a \"b\"\n;"; 1 => "ü" ] ]
    let back = Frame.ReadCsvString(saved (fun w -> f.SaveCsv(w, includeRowKeys = false)))
    holdsAll [ 0, 1; 1, 2 ] (back.GetColumn<int> "n")
    holds [ 0, Some 0.25; 1, None ] back?x
    holdsAll [ 0, "a \"b\"\n;"; 1, "ü" ] (back.GetColumn<string> "t")

  [<Fact>]
  let ``names may hold quotes, separators, lines and any letters`` () =
    let names = [ "say \"hi\""; "a,b"; "two\nlines"; "größe μ²"; "<b>&amp;</b>" ]
    let f = frame [ for name in names -> name => series [ 0 => 1.5; 1 => 2.5 ] ]
    let back = Frame.ReadCsvString(saved (fun w -> f.SaveCsv(w, includeRowKeys = false)))
    equal names (columnKeys back)
    for name in names do
      holdsAll [ 0, 1.5; 1, 2.5 ] (back.GetColumn<float> name)
