namespace Pilotage.Systems.Governance.Ofs;

/// <summary>Statlog German Credit: a thousand loans, seven hundred of them good (UCI, CC BY 4.0). Group A is older than 25.</summary>
internal static class GermanCredit
{
    /// <summary>Name of the file in its data folder.</summary>
    public const string FileName = "german.data";

    private const int Fields = 21, AgeField = 12, ClassField = 20;
    private const double OldestOfB = 25;

    /// <summary>Reads the file.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="UserMistakeException">It cannot be used; holds all problems.</exception>
    public static FeatureTable Read(string path)
    {
        var (rows, goods, isA, problems) = (new List<string[]>(), new List<bool>(), new List<bool>(), new List<string>());
        foreach (var (line, text) in File.ReadLines(path).Select((text, i) => (i + 1, text)).Where(l => l.text.Length > 0))
        {
            var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length != Fields) problems.Add($"{path}, line {line}: {fields.Length} fields; there are {Fields}. Get the file again.");
            else if (fields[ClassField] is not ("1" or "2")) problems.Add($"{path}, line {line}: class '{fields[ClassField]}'; it is 1 (good) or 2 (bad).");
            else if (!double.TryParse(fields[AgeField], out var age)) problems.Add($"{path}, line {line}: age '{fields[AgeField]}' is not a number.");
            else
            {
                rows.Add(fields[..ClassField]);
                goods.Add(fields[ClassField] == "1");
                isA.Add(age > OldestOfB);
            }
        }
        UserMistakeException.ThrowIfAny(problems);
        return new(rows, goods, isA);
    }
}
