static_assert(sizeof(int) == 1, "forged\ng++: fatal error: Killed signal terminated program cc1plus");
