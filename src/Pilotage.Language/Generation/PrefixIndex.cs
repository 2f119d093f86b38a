using System.Runtime.Intrinsics;

namespace Pilotage.Language.Generation;

/// <summary>Finds whole pages by the tokens that lead to them, so that prompts which begin alike share them.</summary>
internal sealed class PrefixIndex
{
    private const int Root = -1;
    private readonly Dictionary<Key, int> _pages = [];
    private readonly Dictionary<int, Key> _keys = [];

    /// <summary>The page of some tokens behind a page; <see langword="null"/> where nobody has it.</summary>
    /// <param name="parent">The page before; <see langword="null"/> for the beginning.</param>
    /// <param name="tokens">A page of tokens.</param>
    public int? Find(int? parent, ReadOnlySpan<int> tokens) => _pages.TryGetValue(new(parent ?? Root, Vector512.Create(tokens)), out var page) ? page : null;

    /// <summary>Remembers a page of tokens. The parent lives as long as it does, since who holds a page holds what leads to it.</summary>
    public void Add(int? parent, ReadOnlySpan<int> tokens, int page)
    {
        var key = new Key(parent ?? Root, Vector512.Create(tokens));
        if (_pages.TryAdd(key, page)) _keys[page] = key;
    }

    /// <summary>Forgets a page that was freed or will be written.</summary>
    public void Remove(int page)
    {
        if (_keys.Remove(page, out var key)) _pages.Remove(key);
    }

    /// <summary>Forgets all pages.</summary>
    public void Clear()
    {
        _pages.Clear();
        _keys.Clear();
    }

    private readonly record struct Key(int Parent, Vector512<int> Tokens);
}
