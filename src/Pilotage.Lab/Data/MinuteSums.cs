using System.Formats.Tar;
using System.Globalization;
using System.Text;

namespace Pilotage.Lab.Data;

/// <summary>Sums counts per second to counts per minute. Seconds after the last whole minute are left out.</summary>
/// <param name="Header">The first line of the kept CSV file.</param>
/// <remarks>The original is a bzip2-packed tar archive with one text file: counts of consecutive seconds, parted by blanks.</remarks>
public sealed record MinuteSums(string Header) : IDerivation
{
    /// <inheritdoc/>
    public string Text => "counts per second summed to minutes";

    /// <inheritdoc/>
    public byte[] Apply(byte[] original)
    {
        using var unpacked = new MemoryStream(Bzip2.Decompress(original));
        using var archive = new TarReader(unpacked);
        var entry = archive.GetNextEntry() ?? throw new InvalidDataException("The archive is empty.");
        using var reader = new StreamReader(entry.DataStream ?? throw new InvalidDataException($"The archive's entry {entry.Name} is not a file."));

        var kept = new StringBuilder().Append(Header).Append('\n');
        var (second, sum, minute) = (0, 0L, 0);
        var text = reader.ReadToEnd().AsSpan();
        foreach (var word in text.SplitAny(' ', '\n'))
        {
            if (text[word].IsEmpty) continue;
            sum += long.Parse(text[word], CultureInfo.InvariantCulture);
            if (++second < 60) continue;
            kept.Append(CultureInfo.InvariantCulture, $"{minute++},{sum}\n");
            (second, sum) = (0, 0);
        }
        return Encoding.UTF8.GetBytes(kept.ToString());
    }
}
