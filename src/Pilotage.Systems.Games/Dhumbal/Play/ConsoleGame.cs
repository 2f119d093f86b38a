using System.Globalization;

namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>A person against players of the arena, a line at a time: typed or from a script.</summary>
/// <param name="rules">House rules.</param>
/// <param name="opponents">One fewer than the rules have players.</param>
/// <param name="seeds">Deals and the opponents' randomness.</param>
/// <param name="input">One answer a line.</param>
/// <param name="output">Flushed before each answer is read.</param>
internal sealed class ConsoleGame(HouseRules rules, IReadOnlyList<Contestant> opponents, SeedTree seeds, TextReader input, TextWriter output)
{
    private const string You = "you";
    private const int Person = 0;
    private readonly IReadOnlyList<string> _names = [You, .. opponents.Select(opponent => opponent.Name)];
    private readonly long[] _coins = [.. Enumerable.Repeat(0L, rules.Players)];
    private readonly int[] _changes = new int[rules.Players];
    private DhumbalRound _round;

    /// <summary>Receives every round that is played; <see langword="null"/> keeps none.</summary>
    public ReplayWriter? Log { get; init; }

    /// <summary>Plays rounds until the person stops or the input ends. The beginner changes from round to round.</summary>
    /// <param name="cancellation">Looked at before each answer.</param>
    public void Play(CancellationToken cancellation)
    {
        Help();
        for (var number = 0; PlayRound(number, cancellation) && Ask("Enter for another round, q to stop> ", cancellation) is { } answer && !IsQuit(answer); number++) { }
        Say($"Coins: {Coins()}. Goodbye.");
        output.Flush();
    }

    private bool PlayRound(int number, CancellationToken cancellation)
    {
        var deal = seeds.Branch(number);
        var random = deal.Branch("players").Start();
        var start = number % rules.Players;
        _round = new(rules, start, deal);
        Log?.Begin(deal, start, _names);
        Say($"\nRound {number + 1}. {(start == Person ? "You begin" : $"{_names[start]} begins")}; {Cards.Text(_round.Offered)} is turned over.");
        while (!_round.IsOver)
        {
            var seat = _round.Player;
            var decided = seat == Person ? Decide(cancellation) : RoundPlayer.Decide(opponents[seat - 1].Agent, new(in _round, _coins), ref random);
            if (decided is not { } move) return false;
            Tell(seat, move);
            Log?.Moves.Add(move);
            _round.Play(move);
        }
        Settle();
        return true;
    }

    // Null if the person stops.
    private int? Decide(CancellationToken cancellation)
    {
        var hand = _round.HandOf(Person);
        if (_round.Phase is RoundPhase.Call || (_round.Phase == RoundPhase.Discard && Cards.ValueOf(hand) > rules.CallThreshold))
        {
            Say($"Cards: {string.Join(", ", opponents.Select((opponent, i) => $"{opponent.Name}: {Count(Cards.CountOf(_round.HandOf(i + 1)))}"))}.");
            Say($"Your hand: {Cards.Text(hand)}  ({Cards.ValueOf(hand)})");
        }
        var question = _round.Phase switch
        {
            RoundPhase.Call => "call or play> ",
            RoundPhase.Discard => $"discard ({Cards.Text(_round.Offered)} lies on the pile)> ",
            _ => $"take pile ({Cards.Text(_round.Offered)}) or stock> ",
        };
        while (Ask(question, cancellation) is { } answer && !IsQuit(answer))
        {
            if (answer is "?" or "help") Help();
            else if (Read(answer, out var move) is { } reason) Say($"  Not so: {reason}");
            else return move;
        }
        return null;
    }

    /// <summary>Reads a typed move; says why it cannot be played.</summary>
    private string? Read(string answer, out int move)
    {
        move = answer switch
        {
            "c" => Moves.Call,
            "play" or "p" when _round.Phase == RoundPhase.Call => Moves.PlayOn,
            "p" => Moves.TakePile,
            "s" => Moves.TakeStock,
            _ => MoveText.Parse(answer),
        };
        if (move >= 0) return MoveReasons.WhyIllegal(_round, move);
        if (!MoveText.TryParseCards(answer, out var cards)) return $"\"{answer}\" is neither a move nor cards. Type ? for help.";
        return _round.Phase == RoundPhase.Discard ? MoveReasons.WhyNotDiscard(_round, cards) : MoveReasons.WhyIllegal(_round, Moves.Discard(0));
    }

    private void Tell(int seat, int move)
    {
        if (move == Moves.PlayOn || (seat == Person && move != Moves.TakeStock)) return;
        if (seat == Person)
        {
            var after = _round;
            after.Play(move);
            Say($"  You draw {Cards.Text(after.HandOf(Person) & ~_round.HandOf(Person))}.");
            return;
        }
        Say($"  {_names[seat]} {move switch
        {
            Moves.Call => "calls!",
            Moves.TakePile => $"takes {Cards.Text(_round.Offered)} from the pile.",
            Moves.TakeStock => "draws from the stock.",
            _ => $"discards {Moves.Text(move)}.",
        }}");
    }

    private void Settle()
    {
        var winner = _round.Settle(_changes);
        Log?.End(_round, _changes);
        Say(_round.End switch
        {
            RoundEnd.Called => $"{Capital(_names[_round.Caller])} called.",
            RoundEnd.Emptied => $"{Capital(_names[_round.Caller])} discarded the last card.",
            _ => $"The limit of {rules.TurnCap} turns: {_names[_round.Caller]} counts as the caller.",
        });
        for (var seat = 0; seat < rules.Players; seat++)
        {
            _coins[seat] += _changes[seat];
            Say(string.Create(CultureInfo.InvariantCulture, $"  {_names[seat],-14} {Cards.ValueOf(_round.HandOf(seat)),3}  {_changes[seat],5:+0;-0;0} coins   {(seat == winner ? "wins   " : "       ")}{Cards.Text(_round.HandOf(seat))}"));
        }
        Say($"Coins: {Coins()}.");
    }

    private string? Ask(string question, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        output.Write(question);
        output.Flush();
        var answer = input.ReadLine()?.Trim().ToLowerInvariant();
        // With a script nobody sees what is typed: the question's line is ended here.
        if (answer is null || !ReferenceEquals(input, Console.In) || Console.IsInputRedirected) output.Write(answer is null ? "\n" : answer + "\n");
        return answer;
    }

    private void Help()
    {
        Say($"Dhumbal, {rules.Players} players. The lowest hand wins; ace 1, jack 11, queen 12, king 13.");
        Say($"On your turn: call if your hand is at most {rules.CallThreshold}; the lowest hand is paid, but a");
        Say("caller who is not alone the lowest pays for all. Else discard one card" + (rules.Sets, rules.Runs) switch
        {
            (true, true) => ",\ntwo to four of a rank, or a run of three or more of a suit;",
            (true, false) => ",\nor two to four of a rank;",
            (false, true) => ",\nor a run of three or more of a suit;",
            _ => ";",
        });
        Say($"then take {(rules.Pickup == PickRule.Own ? "your own last discard" : "the card that lay on the pile before")} or one from the stock.");
        Say("Type: call (c), play (p); cards to discard, such as 7h 7s or 10d; pile (p),");
        Say("stock (s); ? for this, q to stop.");
    }

    private string Coins() => string.Join(", ", _names.Select((name, seat) => string.Create(CultureInfo.InvariantCulture, $"{name} {_coins[seat]:+0;-0;0}")));

    private void Say(string text) => output.Write(text + "\n");

    private static bool IsQuit(string answer) => answer is "q" or "quit" or "exit";

    private static string Count(int cards) => string.Create(CultureInfo.InvariantCulture, $"{cards}");

    private static string Capital(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
