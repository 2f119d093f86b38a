using Parquet;
using Parquet.Schema;

namespace Pilotage.Tracking.Tables;

/// <summary>A table as Apache Parquet; every column may miss cells.</summary>
internal static class ParquetTable
{
    private const int GroupRows = 100_000;               // bounds what a reader must hold

    /// <summary>Writes the table.</summary>
    public static void Write(RunTable table, Stream stream) => WriteAsync(table, stream).GetAwaiter().GetResult();

    private static async Task WriteAsync(RunTable table, Stream stream)
    {
        var fields = table.Columns.Select(column => new DataField(column.Name, TypeOf(column.Kind), isNullable: true)).ToArray();
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream);
        for (var start = 0; start < table.Rows.Count; start += GroupRows)
        {
            using var group = writer.CreateRowGroup();
            var rows = table.Rows.Skip(start).Take(GroupRows).ToList();
            for (var i = 0; i < fields.Length; i++)
            {
                var column = i;
                switch (table.Columns[i].Kind)
                {
                    case ColumnKind.Whole: await group.WriteAsync<long>(fields[i], rows.Select(row => (long?)row[column]).ToArray().AsMemory()); break;
                    case ColumnKind.Number: await group.WriteAsync<double>(fields[i], rows.Select(row => (double?)row[column]).ToArray().AsMemory()); break;
                    case ColumnKind.Truth: await group.WriteAsync<bool>(fields[i], rows.Select(row => (bool?)row[column]).ToArray().AsMemory()); break;
                    default: await group.WriteAsync(fields[i], rows.Select(row => (string?)row[column]).ToArray()); break;
                }
            }
        }
    }

    private static Type TypeOf(ColumnKind kind) => kind switch { ColumnKind.Whole => typeof(long), ColumnKind.Number => typeof(double), ColumnKind.Truth => typeof(bool), _ => typeof(string) };
}
