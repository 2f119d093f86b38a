using Pilotage.Language.Models;

namespace Pilotage.Language.Generation;

/// <summary>Masks of the training forward, made again from the grammars that responses were drawn with.</summary>
public static class GrammarMasks
{
    /// <summary>Which tokens were legal at each action of a batch: what <see cref="LanguageModel.Forward"/> takes as its mask, after <c>Mask.From</c>.</summary>
    /// <param name="batch">Prompts and responses.</param>
    /// <param name="grammars">One for each row, in the state before its response; <see langword="null"/> where every token is legal.</param>
    /// <param name="vocabularySize">Of the model.</param>
    /// <returns>[actions, vocabulary].</returns>
    /// <exception cref="ArgumentException">Not one grammar for each row.</exception>
    public static bool[] Of(SequenceBatch batch, IReadOnlyList<IGrammar?> grammars, int vocabularySize)
    {
        if (grammars.Count != batch.Rows) throw new ArgumentException($"GrammarMasks: {grammars.Count} grammars for {batch.Rows} rows; wanted one for each, or null.", nameof(grammars));
        var legal = new bool[batch.Actions * vocabularySize];
        for (var row = 0; row < batch.Rows; row++)
        {
            var (first, end) = (batch.ActionsOf(row).Start.Value, batch.ActionsOf(row).End.Value);
            if (grammars[row]?.Fork() is not { } grammar)
            {
                legal.AsSpan(first * vocabularySize, (end - first) * vocabularySize).Fill(true);
                continue;
            }
            for (var action = first; action < end; action++)
            {
                grammar.WriteLegal(legal.AsSpan(action * vocabularySize, vocabularySize));
                grammar.Accept(batch.Chosen[action]);
            }
        }
        return legal;
    }
}
