using System.CommandLine;
using System.Globalization;
using System.Net;

namespace Pilotage.Cli;

/// <summary>Reads a command's options as numbers and words, and gathers every problem before anything runs.</summary>
/// <param name="parse">The parsed command line.</param>
internal sealed class Given(ParseResult parse)
{
    private readonly List<string> _problems = [];

    /// <summary>A whole number within bounds.</summary>
    /// <param name="option">Holds the text.</param>
    /// <param name="minimum">Smallest allowed.</param>
    /// <param name="maximum">Largest allowed.</param>
    /// <returns>The number; <see langword="null"/> if the option is absent or wrong.</returns>
    public long? Whole(Option<string?> option, long minimum, long maximum)
    {
        if (parse.GetValue(option) is not { } text) return null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum) return number;
        Wrong(option, text, string.Create(CultureInfo.InvariantCulture, $"a whole number from {minimum} to {maximum}"), "");
        return null;
    }

    /// <summary>A finite number within bounds.</summary>
    /// <param name="option">Holds the text.</param>
    /// <param name="minimum">Smallest allowed.</param>
    /// <param name="maximum">Largest allowed.</param>
    /// <returns>The number; <see langword="null"/> if the option is absent or wrong.</returns>
    public double? Number(Option<string?> option, double minimum = double.MinValue, double maximum = double.MaxValue)
    {
        if (parse.GetValue(option) is not { } text) return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum) return number;
        var isBounded = minimum > double.MinValue || maximum < double.MaxValue;
        Wrong(option, text, isBounded ? string.Create(CultureInfo.InvariantCulture, $"a number from {minimum} to {maximum}") : "a finite number", "");
        return null;
    }

    /// <summary>One of several words.</summary>
    /// <typeparam name="T">An enumeration whose names are the words, in lower case.</typeparam>
    /// <param name="option">Holds the text.</param>
    /// <returns>The value; <see langword="null"/> if the option is absent or wrong.</returns>
    public T? Word<T>(Option<string?> option) where T : struct, Enum
    {
        if (parse.GetValue(option) is not { } text) return null;
        var names = Enum.GetNames<T>().Select(name => name.ToLowerInvariant()).ToList();
        var index = names.IndexOf(text.ToLowerInvariant());
        if (index >= 0) return Enum.GetValues<T>()[index];
        Wrong(option, text, string.Join(", ", names), UnknownName.Meant(text, names));
        return null;
    }

    /// <summary>A folder that must exist.</summary>
    /// <param name="option">Holds the path.</param>
    /// <returns>The absolute path; <see langword="null"/> if the option is absent or wrong.</returns>
    public string? ExistingFolder(Option<string?> option)
    {
        if (parse.GetValue(option) is not { } path) return null;
        if (Directory.Exists(path)) return Path.GetFullPath(path);
        Add(new("PIL0408", $"{option.Name} {path}: there is no such folder.", "", File.Exists(path) ? "It is a file; name its folder." : "Check the path."));
        return null;
    }

    /// <summary>An address of a network.</summary>
    /// <param name="option">Holds the text: numbers, or <c>localhost</c>.</param>
    /// <returns>The address; <see langword="null"/> if the option is absent or wrong.</returns>
    public IPAddress? Address(Option<string?> option)
    {
        if (parse.GetValue(option) is not { } text) return null;
        if (text == "localhost") return IPAddress.Loopback;
        if (IPAddress.TryParse(text, out var address)) return address;
        Wrong(option, text, "an address in numbers, such as 127.0.0.1, 0.0.0.0 or ::1, or localhost", "");
        return null;
    }

    /// <summary>Adds a problem that another check found.</summary>
    public void Add(Mistake mistake) => _problems.Add(mistake.ToString());

    /// <summary>Runs a check and keeps its problems instead of stopping at them.</summary>
    /// <typeparam name="T">What the check gives.</typeparam>
    /// <param name="check">Throws <see cref="UserMistakeException"/> on a mistake.</param>
    /// <returns>What the check gave; the default after a mistake.</returns>
    public T? Try<T>(Func<T> check)
    {
        try { return check(); }
        catch (UserMistakeException mistake)
        {
            _problems.AddRange(mistake.Problems);
            return default;
        }
    }

    /// <summary>Throws if any problem was found.</summary>
    /// <exception cref="UserMistakeException">Holds all of them.</exception>
    public void ThrowIfAny() => UserMistakeException.ThrowIfAny(_problems);

    private void Wrong(Option option, string text, string allowed, string meant) =>
        Add(new("PIL0405", $"{option.Name} is \"{text}\". Allowed: {allowed}.", "", $"{meant}{option.Description}"));
}
