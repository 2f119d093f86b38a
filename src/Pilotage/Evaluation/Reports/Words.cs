using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pilotage.Evaluation.Reports;

/// <summary>How reports spell the names of enumerations: in lower case, words apart.</summary>
public static class Words
{
    /// <summary>The name as a report spells it.</summary>
    /// <typeparam name="T">An enumeration.</typeparam>
    /// <param name="value">One of its values.</param>
    /// <returns>For instance <c>not reproduced</c>.</returns>
    public static string Of<T>(T value) where T : struct, Enum => Apart(value.ToString());

    private static string Apart(string name)
    {
        var text = new StringBuilder();
        foreach (var character in name)
        {
            if (char.IsUpper(character) && text.Length > 0) text.Append(' ');
            text.Append(char.ToLower(character, CultureInfo.InvariantCulture));
        }
        return text.ToString();
    }

    private sealed class Policy : JsonNamingPolicy
    {
        public override string ConvertName(string name) => Apart(name);
    }

    internal sealed class Converter<T>() : JsonStringEnumConverter<T>(new Policy(), allowIntegerValues: false) where T : struct, Enum;
}
