using Pilotage.Language.Tokenizers;

namespace Pilotage.Language.Tasks.Sequences;

/// <summary>A text is transformed several times; the response writes the text after each transform. One answer; only the last text is checked.</summary>
/// <remarks>
/// Prompt <c>RS:abcd=</c>, response <c>dcba edcb</c>: R turns the text round, S replaces each letter by the next of a to h (a after h), T turns its first letter to its end, X exchanges its
/// halves (the middle letter of an odd text stays), U writes its first letter at every place. One token a character.
/// </remarks>
public sealed class TransformTask : IGeneratedTask
{
    private const string Letters = "abcdefgh";
    private const string Transforms = "RSTXU";
    private readonly TransformSettings _settings;
    private readonly ProblemSplits _splits;

    /// <summary>Makes the task.</summary>
    /// <param name="settings">Which problems.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public TransformTask(TransformSettings settings)
    {
        if (settings.Transforms.Count == 0 || settings.Transforms.Any(count => count is < 1 or > 4) || settings.Length is < 2 or > 12)
            throw new ArgumentException($"transform: {string.Join(", ", settings.Transforms)} transforms of {settings.Length} letters do not fit; wanted counts in [1, 4] and a length in [2, 12].", nameof(settings));
        _settings = settings;
        _splits = new(Name, settings.Splits, Draw);
    }

    /// <inheritdoc/>
    public string Name => "transform";

    /// <inheritdoc/>
    public ITokenizer Tokenizer { get; } = new CharacterTokenizer(Letters + Transforms + ":= ");

    /// <inheritdoc/>
    public int MaximumResponse => (_settings.Length + 1) * _settings.Transforms.Max();

    /// <inheritdoc/>
    public IReadOnlyList<TextProblem> Problems(Split split) => _splits[split];

    /// <inheritdoc/>
    public double Verify(TextProblem problem, string response) => response.AsSpan(response.LastIndexOf(' ') + 1).SequenceEqual(problem.Answer) ? 1 : 0;

    /// <inheritdoc/>
    public string Demonstrate(TextProblem problem, ref Randomness random) => Texts(problem.Prompt, -1, ref random);

    /// <summary>One letter is wrong after one of the transforms, and the others follow from it.</summary>
    /// <inheritdoc/>
    public string DemonstrateWrongly(TextProblem problem, ref Randomness random)
    {
        while (true)
        {
            var response = Texts(problem.Prompt, random.NextInt(problem.Difficulty), ref random);
            if (Verify(problem, response) == 0) return response;
        }
    }

    /// <summary>The answer: there is one solution.</summary>
    /// <inheritdoc/>
    public string SolutionKey(TextProblem problem, string response) => problem.Answer;

    private static string Texts(string prompt, int wrong, ref Randomness random)
    {
        var colon = prompt.IndexOf(':', StringComparison.Ordinal);
        var text = prompt[(colon + 1)..^1].ToCharArray();
        List<string> texts = [];
        for (var i = 0; i < colon; i++)
        {
            text = Apply(prompt[i], text);
            if (i == wrong)
            {
                ref var letter = ref text[random.NextInt(text.Length)];
                letter = After(letter, 1 + random.NextInt(Letters.Length - 1));
            }
            texts.Add(new(text));
        }
        return string.Join(' ', texts);
    }

    private static char[] Apply(char transform, char[] text) => transform switch
    {
        'R' => [.. text.Reverse()],
        'S' => Array.ConvertAll(text, letter => After(letter, 1)),
        'T' => [.. text[1..], text[0]],
        'X' => [.. text[((text.Length + 1) / 2)..], .. text[(text.Length / 2)..((text.Length + 1) / 2)], .. text[..(text.Length / 2)]],
        _ => [.. Enumerable.Repeat(text[0], text.Length)],
    };

    private static char After(char letter, int places) => Letters[(letter - 'a' + places) % Letters.Length];

    private DrawnProblem Draw(ref Randomness random)
    {
        var transforms = new char[_settings.Transforms[random.NextInt(_settings.Transforms.Count)]];
        foreach (ref var transform in transforms.AsSpan()) transform = Transforms[random.NextInt(Transforms.Length)];
        var text = new char[_settings.Length];
        foreach (ref var letter in text.AsSpan()) letter = Letters[random.NextInt(Letters.Length)];
        var prompt = $"{new string(transforms)}:{new string(text)}=";
        return new(prompt, Texts(prompt, -1, ref random)[^text.Length..], transforms.Length, prompt);
    }
}
