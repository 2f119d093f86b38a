using Pilotage.Language.Tasks.Verifiers;
using Pilotage.Language.Tokenizers;

namespace Pilotage.Language.Tasks.Jsonl;

/// <summary>How a file of problems is read.</summary>
public sealed record JsonlSettings
{
    /// <summary>Judges the lines that name no verifier of their own; <see langword="null"/> for "number" on lines in the form of GSM8K and "exact" on others.</summary>
    public Verifier? Verifier { get; init; }

    /// <summary>Problems to choose settings on, as a file of its own; <see langword="null"/> to take one in eight of the file, by a hash of the prompt.</summary>
    public string? ValidationPath { get; init; }

    /// <summary>Problems to report on, as a file of its own; <see langword="null"/> to take one in eight of the file, by a hash of the prompt.</summary>
    public string? TestPath { get; init; }

    /// <summary>What the model reads: <c>{prompt}</c> stands for the line's prompt.</summary>
    public string Template { get; init; } = "{prompt}";

    /// <summary>Counts a prompt's tokens; <see langword="null"/> for no limit.</summary>
    public ITokenizer? Tokenizer { get; init; }

    /// <summary>Most tokens of a prompt, at least 1: the model's context less the response's room. Needs <see cref="Tokenizer"/>.</summary>
    public int MaximumPrompt { get; init; } = int.MaxValue;

    /// <summary>What happens to longer ones.</summary>
    public LongPrompts LongPrompts { get; init; } = LongPrompts.Drop;

    /// <summary>The run stops when a verifier failed on this many responses, at least 1.</summary>
    public int MostFailures { get; init; } = 10;

    /// <summary>How long a judgement may take; <see langword="null"/> where the verifiers are known to return, as the built-in ones do.</summary>
    public TimeSpan? TimeLimit { get; init; }
}
