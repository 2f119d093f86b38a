using Parquet;
using Parquet.Schema;
using Pilotage.Environments;
using Pilotage.Experience.Datasets;

namespace Pilotage.Datasets;

/// <summary>Transitions in Apache Parquet, a column per number; the file's metadata say where they come from and what could be done.</summary>
internal static class ParquetTransitions
{
    private const int GroupRows = 65_536;               // rows written together

    public static TransitionDataset Read(string path, DatasetReading reading)
    {
        try
        {
            return ReadAsync(path, reading).GetAwaiter().GetResult();
        }
        catch (Exception damaged) when (damaged is not (UserMistakeException or OutOfMemoryException))       // whatever the package throws at bytes that are no Parquet
        {
            throw new UserMistakeException(new Mistake("PIL1128", $"{path} cannot be read as Parquet: {damaged.Message.TrimEnd('.')}.", "", "Write it anew; it may be cut off.").ToString());
        }
    }

    public static void Write(string path, TransitionDataset dataset) => WriteAsync(path, dataset).GetAwaiter().GetResult();

    private static async Task<TransitionDataset> ReadAsync(string path, DatasetReading reading)
    {
        await using var stream = File.OpenRead(path);
        await using var reader = await ParquetReader.CreateAsync(stream);
        var fields = reader.Schema.DataFields;
        var columns = new TransitionColumns(path, [.. fields.Select(field => field.Name)]);
        var table = new TransitionTable(path, columns, reading, DatasetText.Read(reader.CustomMetadata)) { RowName = "row" };
        var (cells, isEmpty, row) = (new double[fields.Length], new bool[fields.Length], 0L);
        for (var group = 0; group < reader.RowGroupCount; group++)
        {
            using var rows = reader.OpenRowGroupReader(group);
            var values = new double?[fields.Length][];
            for (var i = 0; i < fields.Length; i++) values[i] = await ColumnAsync(path, rows, fields[i]);
            for (var i = 0; i < (int)rows.RowCount; i++)
            {
                for (var column = 0; column < fields.Length; column++) (cells[column], isEmpty[column]) = (values[column][i] ?? 0, values[column][i] is null);
                table.Add(++row, cells, isEmpty);
            }
        }
        return table.ToDataset();
    }

    private static Task<double?[]> ColumnAsync(string path, ParquetRowGroupReader rows, DataField field) =>
        field.IsArray ? throw Unusable(path, field)
        : field.ClrType == typeof(float) ? NumbersAsync<float>(rows, field, value => value)
        : field.ClrType == typeof(double) ? NumbersAsync<double>(rows, field, value => value)
        : field.ClrType == typeof(bool) ? NumbersAsync<bool>(rows, field, value => value ? 1 : 0)
        : field.ClrType == typeof(int) ? NumbersAsync<int>(rows, field, value => value)
        : field.ClrType == typeof(long) ? NumbersAsync<long>(rows, field, value => value)
        : field.ClrType == typeof(short) ? NumbersAsync<short>(rows, field, value => value)
        : field.ClrType == typeof(byte) ? NumbersAsync<byte>(rows, field, value => value)
        : field.ClrType == typeof(sbyte) ? NumbersAsync<sbyte>(rows, field, value => value)
        : field.ClrType == typeof(uint) ? NumbersAsync<uint>(rows, field, value => value)
        : field.ClrType == typeof(ulong) ? NumbersAsync<ulong>(rows, field, value => value)
        : throw Unusable(path, field);

    private static UserMistakeException Unusable(string path, DataField field) => new(new Mistake(
        "PIL1122", $"The column {field.Name} holds {(field.IsArray ? "lists of " : "")}{field.ClrType.Name}, not numbers.", path, "Leave it out, or give one column of numbers for each.").ToString());

    private static async Task<double?[]> NumbersAsync<T>(ParquetRowGroupReader rows, DataField field, Func<T, double> convert) where T : struct
    {
        var read = new T?[rows.RowCount];
        if (field.IsNullable) await rows.ReadAsync<T>(field, read.AsMemory());
        else
        {
            var all = new T[rows.RowCount];
            await rows.ReadAsync<T>(field, all.AsMemory());
            for (var i = 0; i < all.Length; i++) read[i] = all[i];
        }
        return [.. read.Select(value => value is { } given ? convert(given) : (double?)null)];
    }

    private static async Task WriteAsync(string path, TransitionDataset dataset)
    {
        var names = TransitionColumns.Of(dataset.Spec);
        var fields = names.Select((name, place) => Field(name, place, dataset.Spec)).ToArray();
        await using var stream = File.Create(path);
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream);
        writer.CustomMetadata = DatasetText.Write(dataset);
        var rows = new List<float[]>();
        var finals = new List<bool>();
        TransitionRows.Each(dataset, (cells, isFinal) =>
        {
            rows.Add(cells.ToArray());
            finals.Add(isFinal);
        });
        for (var start = 0; start < rows.Count; start += GroupRows)
        {
            using var group = writer.CreateRowGroup();
            var (some, ends) = (rows.GetRange(start, Math.Min(GroupRows, rows.Count - start)), finals.GetRange(start, Math.Min(GroupRows, rows.Count - start)));
            for (var column = 0; column < fields.Length; column++) await WriteColumnAsync(group, fields[column], some, ends, column);
        }
    }

    private static DataField Field(string name, int place, EnvironmentSpec spec)
    {
        var firstAction = 2 + spec.ObservationSize;
        var isIndex = place >= firstAction && place < firstAction + spec.Actions.IndexCount;
        var type = name is TransitionColumns.Episode or TransitionColumns.Step || isIndex ? typeof(int)
            : name is TransitionColumns.Terminated or TransitionColumns.Truncated || name.StartsWith(TransitionColumns.LegalPrefix, StringComparison.Ordinal) ? typeof(bool)
            : typeof(float);
        return new(name, type, TransitionRows.IsEmptyInFinal(name));
    }

    private static Task WriteColumnAsync(ParquetRowGroupWriter group, DataField field, List<float[]> rows, List<bool> finals, int column) =>
        field.ClrType == typeof(int) ? WriteColumnAsync(group, field, rows, finals, column, value => (int)value)
        : field.ClrType == typeof(bool) ? WriteColumnAsync(group, field, rows, finals, column, value => value == 1)
        : WriteColumnAsync(group, field, rows, finals, column, value => value);

    private static async Task WriteColumnAsync<T>(ParquetRowGroupWriter group, DataField field, List<float[]> rows, List<bool> finals, int column, Func<float, T> convert) where T : struct
    {
        if (field.IsNullable) await group.WriteAsync<T>(field, rows.Select((row, i) => finals[i] ? (T?)null : convert(row[column])).ToArray().AsMemory());
        else await group.WriteAsync<T>(field, rows.Select(row => convert(row[column])).ToArray().AsMemory());
    }
}
