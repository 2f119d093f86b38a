namespace Pilotage.Torch;
internal static class X { public static string V => TorchSharp.torch.__version__; }
