using System.Text;
using Pilotage.Tracking.Tables;
using Xunit;

namespace Pilotage.Tracking.Tests.Tables;

public sealed class CsvTableTests
{
    [Fact]
    public void Write_EveryKindOfCell_IsTheTextBelow()
    {
        var table = new RunTable("odd", [new("name"), new("steps", ColumnKind.Whole), new("value", ColumnKind.Number), new("good", ColumnKind.Truth)]);
        table.Add("plain", 1L, 0.1 + 0.2, true);
        table.Add("comma, \"quote\"\nand line", long.MinValue, double.NaN, false);
        table.Add("", null, double.PositiveInfinity, null);
        table.Add(null, 0L, double.NegativeInfinity, true);
        table.Add(" blank ", 0L, -0.0, true);
        using var stream = new MemoryStream();

        CsvTable.Write(table, stream);

        Assert.Equal(
            "name,steps,value,good\nplain,1,0.30000000000000004,true\n\"comma, \"\"quote\"\"\nand line\",-9223372036854775808,NaN,false\n\"\",,Infinity,\n,0,-Infinity,true\n blank ,0,-0,true\n",
            Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public void Add_CellOfAnotherType_IsADefect() => Assert.Throws<ArgumentException>(() => new RunTable("t", [new("steps", ColumnKind.Whole)]).Add(1));
}
