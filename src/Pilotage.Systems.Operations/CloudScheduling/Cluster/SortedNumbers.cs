namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>A small set of numbers in ascending order. What comes last is added for free.</summary>
internal sealed class SortedNumbers
{
    private int[] _numbers = new int[16];

    public int Count { get; private set; }

    public ReadOnlySpan<int> Span => _numbers.AsSpan(0, Count);

    public void Clear() => Count = 0;

    /// <summary>Adds a number that is not there.</summary>
    public void Add(int number)
    {
        if (Count == _numbers.Length) Array.Resize(ref _numbers, 2 * Count);
        var place = Count > 0 && _numbers[Count - 1] > number ? ~Span.BinarySearch(number) : Count;
        _numbers.AsSpan(place, Count - place).CopyTo(_numbers.AsSpan(place + 1));
        _numbers[place] = number;
        Count++;
    }

    /// <summary>Removes a number that is there.</summary>
    public void Remove(int number)
    {
        var place = Span.BinarySearch(number);
        _numbers.AsSpan(place + 1, Count - place - 1).CopyTo(_numbers.AsSpan(place));
        Count--;
    }
}
