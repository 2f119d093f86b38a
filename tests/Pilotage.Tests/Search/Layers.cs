using Pilotage.Search;

namespace Pilotage.Tests.Search;

/// <summary>A state is a word over three letters; each letter costs a number that depends on the word before it. Words of full length are goals. Costs are multiples of 1/16, so that sums are exact.</summary>
internal sealed class Layers(int length, SeedTree seeds) : ISearchProblem<string>
{
    public bool IsGoal(string state) => state.Length == length;

    public void Expand(ReadOnlySpan<string> states, List<SearchEdge<string>> edges)
    {
        for (var parent = 0; parent < states.Length; parent++)
            for (var letter = 0; letter < 3; letter++) edges.Add(new(parent, letter, states[parent] + (char)('a' + letter), Cost(states[parent], letter)));
    }

    public double Cost(string before, int letter) => seeds.Branch(before).Branch(letter).Start().NextInt(16) / 16.0;

    /// <summary>Costs of all words, ascending.</summary>
    public IEnumerable<double> All()
    {
        return Of("", 0).Order();

        IEnumerable<double> Of(string word, double cost) =>
            word.Length == length ? [cost] : Enumerable.Range(0, 3).SelectMany(letter => Of(word + (char)('a' + letter), cost + Cost(word, letter)));
    }
}
