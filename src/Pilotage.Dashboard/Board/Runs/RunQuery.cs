using Pilotage.Evaluation.Reports;

namespace Pilotage.Dashboard.Board.Runs;

/// <summary>Which runs of the list are wanted, in which order, and which page of them.</summary>
/// <param name="Text">Words that name, title or answer must all hold; case does not count.</param>
/// <param name="State">Only these; <see langword="null"/> for all.</param>
/// <param name="Order">In which order.</param>
/// <param name="Page">From 1.</param>
/// <param name="Size">Runs on a page, 1 to 200.</param>
public sealed record RunQuery(string Text = "", RunState? State = null, RunOrder Order = RunOrder.Newest, int Page = 1, int Size = RunQuery.UsualSize)
{
    /// <summary>Runs on a page if nothing else is said.</summary>
    public const int UsualSize = 50;

    /// <summary>Runs on a page at most.</summary>
    public const int MostSize = 200;

    /// <summary>Reads what a caller wrote.</summary>
    /// <exception cref="UserMistakeException">A word or number is none of ours (PIL1916); holds all problems.</exception>
    internal static RunQuery Read(string? text, string? state, string? order, int? page, int? size)
    {
        var problems = new List<string>();
        var query = new RunQuery((text ?? "").Trim(), Word<RunState>("status", state), Word<RunOrder>("sort", order) ?? RunOrder.Newest, page ?? 1, size ?? UsualSize);
        if (query.Page < 1) Wrong("page", $"{query.Page}", "1, 2, …");
        if (query.Size is < 1 or > MostSize) Wrong("size", $"{query.Size}", $"1 to {MostSize}");
        UserMistakeException.ThrowIfAny(problems);
        return query;

        T? Word<T>(string name, string? given) where T : struct, Enum
        {
            if (string.IsNullOrEmpty(given)) return null;
            foreach (var value in Enum.GetValues<T>()) if (string.Equals(Words.Of(value), given, StringComparison.OrdinalIgnoreCase)) return value;
            Wrong(name, given, string.Join(", ", Enum.GetValues<T>().Select(Words.Of)));
            return null;
        }

        void Wrong(string name, string given, string allowed) => problems.Add(new Mistake("PIL1916", $"{name} is \"{given}\". Allowed: {allowed}.", "", "").ToString());
    }

    /// <summary>Takes the wanted page out of all runs.</summary>
    /// <param name="cards">Newest first.</param>
    internal RunSelection Of(IReadOnlyList<RunCard> cards)
    {
        var words = Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var fitting = cards.Where(card => (State is null || card.State == State) && words.All(word => Holds(card, word)));
        List<RunCard> sorted = Order switch
        {
            RunOrder.Oldest => [.. fitting.Reverse()],
            RunOrder.Name => [.. fitting.OrderBy(card => card.Title, StringComparer.OrdinalIgnoreCase).ThenBy(card => card.Name, StringComparer.Ordinal)],
            RunOrder.Status => [.. fitting.OrderBy(card => card.State)],
            _ => [.. fitting],
        };
        var pages = Math.Max(1, (sorted.Count + Size - 1) / Size);
        var page = Math.Min(Page, pages);                // a list that became shorter has its last page there
        return new(this with { Page = page }, [.. sorted.Skip((page - 1) * Size).Take(Size)], sorted.Count, cards.Count, pages);
    }

    private static bool Holds(RunCard card, string word) =>
        card.Title.Contains(word, StringComparison.OrdinalIgnoreCase) || card.Name.Contains(word, StringComparison.OrdinalIgnoreCase) || card.Headline.Contains(word, StringComparison.OrdinalIgnoreCase);
}
