char first[1'000'000'000] = {1};
char second[1'000'000'000] = {1};
