using Pilotage.Search;

namespace Pilotage.Tests.Search;

/// <summary>Heaps of matches; who takes the last one wins. The player to move loses exactly if the exclusive or of the heaps is 0 (Bouton, 1901).</summary>
internal struct Nim(int first, int second, int third) : IPosition<Nim>
{
    private const int Largest = 8;
    private int _first = first, _second = second, _third = third, _player = 0;

    public readonly int Players => 2;

    public readonly int ActionLimit => 3 * Largest;

    public readonly int Player => _player;

    public readonly bool IsOver => Sum == 0;

    public readonly int Parity => _first ^ _second ^ _third;

    private readonly int Sum => _first + _second + _third;

    public readonly int ListLegal(Span<int> actions)
    {
        var count = 0;
        for (var taken = 1; taken <= _first; taken++) actions[count++] = taken - 1;
        for (var taken = 1; taken <= _second; taken++) actions[count++] = Largest + taken - 1;
        for (var taken = 1; taken <= _third; taken++) actions[count++] = 2 * Largest + taken - 1;
        return count;
    }

    public void Play(int action, ref Randomness random)
    {
        var taken = action % Largest + 1;
        if (action < Largest) _first -= taken;
        else if (action < 2 * Largest) _second -= taken;
        else _third -= taken;
        _player = 1 - _player;
    }

    public readonly void Score(Span<double> returns) => (returns[_player], returns[1 - _player]) = (0, 1);

    public readonly void CopyTo(ref Nim other) => other = this;
}
