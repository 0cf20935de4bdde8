-- What the codes in breakdowns and forms stand for, and when they are valid.
CREATE OR REPLACE VIEW mart.code AS
SELECT
    list,
    code,
    name, -- noqa: RF04
    position, -- noqa: RF04
    valid_from,
    valid_to,
    source
FROM core.code;

COMMENT ON VIEW mart.code IS '代码表 [codes, one line for each span of validity]';
COMMENT ON COLUMN mart.code.list IS '代码表；只有一列用到的，为 表.列 [code list]';
COMMENT ON COLUMN mart.code.code IS '代码 [code]';
COMMENT ON COLUMN mart.code.name IS '名称 [official name]';
COMMENT ON COLUMN mart.code.position IS '在表中的次序 [place in the list]';
COMMENT ON COLUMN mart.code.valid_from IS '生效日，空为一直有效 [valid from; empty: always]';
COMMENT ON COLUMN mart.code.valid_to IS '失效日，不含，空为仍有效 [no longer valid from; empty: still valid]';
COMMENT ON COLUMN mart.code.source IS '出处 [source]';
