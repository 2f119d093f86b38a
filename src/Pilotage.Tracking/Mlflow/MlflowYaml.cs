using System.Globalization;
using System.Text;

namespace Pilotage.Tracking.Mlflow;

/// <summary>A <c>meta.yaml</c>: keys with plain values, in alphabetical order, as MLflow writes them.</summary>
internal static class MlflowYaml
{
    /// <summary>Writes the mapping.</summary>
    /// <param name="values">Strings, whole numbers, empty lists or <see langword="null"/>.</param>
    public static string Of(IEnumerable<KeyValuePair<string, object?>> values)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in values.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            text.Append(key).Append(": ").Append(value switch
            {
                null => "null",
                long number => number.ToString(CultureInfo.InvariantCulture),
                string[] => "[]",
                _ => $"'{value.ToString()!.ReplaceLineEndings(" ").Replace("'", "''", StringComparison.Ordinal)}'",      // digits in quotes stay text
            }).Append('\n');
        }
        return text.ToString();
    }
}
