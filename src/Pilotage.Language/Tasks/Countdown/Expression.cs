using System.Globalization;
using System.Numerics;

namespace Pilotage.Language.Tasks.Countdown;

/// <summary>Whole numbers joined by + - * /, written in reverse Polish or with parentheses.</summary>
internal sealed class Expression
{
    // What a puzzle of a few numbers never needs, and what keeps a hostile text from the stack's end.
    private const int MostTokens = 256;
    private readonly BigInteger _number;
    private readonly char _operation;
    private readonly Expression? _left;
    private readonly Expression? _right;

    private Expression(BigInteger number) => _number = number;

    private Expression(char operation, Expression left, Expression right) => (_operation, _left, _right) = (operation, left, right);

    /// <summary>Equal for expressions that differ only in the order of the operands of + and *.</summary>
    public string Key
    {
        get
        {
            if (_left is null) return _number.ToString(CultureInfo.InvariantCulture);
            var (left, right) = (_left.Key, _right!.Key);
            if (_operation is '+' or '*' && string.CompareOrdinal(left, right) > 0) (left, right) = (right, left);
            return $"({_operation} {left} {right})";
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">Reverse Polish, such as <c>3 5 + 2 *</c>, or infix, such as <c>(3+5)*2</c>; × ÷ and − are read as * / and -. There is no sign before a number.</param>
    /// <returns>The expression, or <see langword="null"/> if it is neither.</returns>
    public static Expression? Parse(string text)
    {
        if (Tokens(text) is not { Count: > 0 } tokens) return null;
        if (Polish(tokens) is { } polish) return polish;
        var place = 0;
        var infix = Sum(tokens, ref place);
        return place == tokens.Count ? infix : null;
    }

    /// <summary>Whether it takes each number once, all of them and no other, and gives the target.</summary>
    public bool Solves(CountdownPuzzle puzzle)
    {
        List<BigInteger> used = [];
        Collect(used);
        used.Sort();
        return used.SequenceEqual(puzzle.Numbers.Order().Select(number => (BigInteger)number)) && Value is var (numerator, denominator) && numerator == puzzle.Target * denominator;
    }

    /// <summary>The exact value as a fraction in any terms, or <see langword="null"/> where something is divided by zero.</summary>
    internal (BigInteger Numerator, BigInteger Denominator)? Value
    {
        get
        {
            if (_left is null) return (_number, 1);
            if (_left.Value is not var (a, b) || _right!.Value is not var (c, d)) return null;
            return _operation switch
            {
                '+' => (a * d + c * b, b * d),
                '-' => (a * d - c * b, b * d),
                '*' => (a * c, b * d),
                _ => c.IsZero ? null : (a * d, b * c),
            };
        }
    }

    private void Collect(List<BigInteger> numbers)
    {
        if (_left is null)
        {
            numbers.Add(_number);
            return;
        }
        _left.Collect(numbers);
        _right!.Collect(numbers);
    }

    private static List<string>? Tokens(string text)
    {
        List<string> tokens = [];
        for (var i = 0; i < text.Length;)
        {
            var length = 1;
            var symbol = text[i] switch { '×' => '*', '÷' => '/', '−' => '-', var other => other };
            if (char.IsAsciiDigit(symbol))
            {
                while (i + length < text.Length && char.IsAsciiDigit(text[i + length])) length++;
                tokens.Add(text.Substring(i, length));
            }
            else if ("+-*/()".Contains(symbol))
            {
                tokens.Add(symbol.ToString());
            }
            else if (!char.IsWhiteSpace(symbol))
            {
                return null;
            }
            if (tokens.Count > MostTokens) return null;
            i += length;
        }
        return tokens;
    }

    private static Expression? Polish(List<string> tokens)
    {
        Stack<Expression> stack = [];
        foreach (var token in tokens)
        {
            if (char.IsAsciiDigit(token[0]))
            {
                stack.Push(new(BigInteger.Parse(token, CultureInfo.InvariantCulture)));
                continue;
            }
            if (stack.Count < 2 || token[0] is '(' or ')') return null;
            var right = stack.Pop();
            stack.Push(new(token[0], stack.Pop(), right));
        }
        return stack.Count == 1 ? stack.Pop() : null;
    }

    private static Expression? Sum(List<string> tokens, ref int place)
    {
        var left = Product(tokens, ref place);
        while (left is not null && place < tokens.Count && tokens[place] is "+" or "-")
        {
            var operation = tokens[place++][0];
            left = Product(tokens, ref place) is { } right ? new(operation, left, right) : null;
        }
        return left;
    }

    private static Expression? Product(List<string> tokens, ref int place)
    {
        var left = Factor(tokens, ref place);
        while (left is not null && place < tokens.Count && tokens[place] is "*" or "/")
        {
            var operation = tokens[place++][0];
            left = Factor(tokens, ref place) is { } right ? new(operation, left, right) : null;
        }
        return left;
    }

    private static Expression? Factor(List<string> tokens, ref int place)
    {
        if (place >= tokens.Count) return null;
        var token = tokens[place++];
        if (char.IsAsciiDigit(token[0])) return new(BigInteger.Parse(token, CultureInfo.InvariantCulture));
        if (token != "(") return null;
        var inner = Sum(tokens, ref place);
        return inner is not null && place < tokens.Count && tokens[place++] == ")" ? inner : null;
    }
}
