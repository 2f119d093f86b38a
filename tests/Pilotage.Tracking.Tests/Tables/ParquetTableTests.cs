using Parquet;
using Parquet.Schema;
using Pilotage.Tracking.Tables;
using Xunit;

namespace Pilotage.Tracking.Tests.Tables;

public sealed class ParquetTableTests
{
    [Fact]
    public async Task Write_EveryKindOfCell_ComesBack()
    {
        var table = new RunTable("odd", [new("name"), new("steps", ColumnKind.Whole), new("value", ColumnKind.Number), new("good", ColumnKind.Truth)]);
        table.Add("plain", 1L, 0.1 + 0.2, true);
        table.Add("Ünï, \"quote\"\n", long.MinValue, double.NaN, false);
        table.Add("", null, double.PositiveInfinity, null);
        table.Add(null, long.MaxValue, null, true);

        Assert.Equal(table.Rows, await ReadAsync(table));
    }

    [Fact]
    public async Task Write_MoreRowsThanAGroup_KeepsTheirOrder()
    {
        var table = new RunTable("long", [new("step", ColumnKind.Whole)]);
        for (var i = 0L; i < 100_003; i++) table.Add(i);

        Assert.Equal(Enumerable.Range(0, 100_003).Select(i => (object)(long)i), (await ReadAsync(table)).Select(row => row[0]!));
    }

    [Fact]
    public async Task Write_RealRuns_EveryTableComesBack()
    {
        using var folder = new Testing.TemporaryFolder();
        foreach (var table in RunTables.Of(RunExport.ReadAll([RunFolders.Training(folder), RunFolders.Study(folder), RunFolders.Apply(folder)]))) Assert.Equal(table.Rows, await ReadAsync(table));
    }

    /// <summary>Reads a file with the package's reader, by what the file says of its columns.</summary>
    private static async Task<List<object?[]>> ReadAsync(RunTable table)
    {
        using var stream = new MemoryStream();
        ParquetTable.Write(table, stream);
        stream.Position = 0;
        await using var reader = await ParquetReader.CreateAsync(stream);
        Assert.Equal(table.Columns.Select(column => column.Name), reader.Schema.DataFields.Select(field => field.Name));
        var rows = new List<object?[]>();
        for (var g = 0; g < reader.RowGroupCount; g++)
        {
            using var group = reader.OpenRowGroupReader(g);
            var columns = new List<object?[]>();
            foreach (var field in reader.Schema.DataFields) columns.Add(await ColumnAsync(group, field));
            for (var i = 0; i < columns[0].Length; i++) rows.Add([.. columns.Select(column => column[i])]);
        }
        return rows;
    }

    private static async Task<object?[]> ColumnAsync(ParquetRowGroupReader group, DataField field)
    {
        if (field.ClrType == typeof(long)) return await ValuesAsync<long>(group, field);
        if (field.ClrType == typeof(double)) return await ValuesAsync<double>(group, field);
        return field.ClrType == typeof(bool) ? await ValuesAsync<bool>(group, field) : await TextsAsync(group, field);
    }

    private static async Task<object?[]> ValuesAsync<T>(ParquetRowGroupReader group, DataField field) where T : struct
    {
        var values = new T?[group.RowCount];
        await group.ReadAsync<T>(field, values.AsMemory());
        return [.. values.Select(value => (object?)value)];
    }

    private static async Task<object?[]> TextsAsync(ParquetRowGroupReader group, DataField field)
    {
        var values = new string?[group.RowCount];
        await group.ReadAsync(field, values.AsMemory());
        return [.. values];
    }
}
